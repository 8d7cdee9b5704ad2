using Fhir;
using Messages;
using OccupationalHealth.Placement;
using Reasons = OccupationalHealth.Placement.Reasons;

namespace OccupationalHealth.Referrals;

/// <summary>Tells a decision in FHIR: a GuidanceResponse that explains it and a CarePlan that proposes it.</summary>
internal static class DescribePlacement
{
    /// <summary>
    /// The policy with its version, every reason for and against, what is missing, and the inputs used.
    /// </summary>
    public static GuidanceResponse Guidance(PlacementDecision decision, Placed placed)
    {
        var guidance = new GuidanceResponse
        {
            Id = placed.GuidanceId,
            Language = "fi",
            RequestIdentifier = new Identifier(Terms.MessageId, placed.MessageId),
            Module = new Canonical($"{Terms.PlacementModule}|{decision.PolicyVersion}"),
            Status = decision.Missing.Count == 0 ? GuidanceResponseStatus.Success : GuidanceResponseStatus.DataRequired,
            Subject = new ResourceReference(placed.Patient),
            OccurrenceDateTimeElement = new FhirDateTime(placed.At),
            OutputParameters = new ResourceReference("#placement"),
            DataRequirement = [.. decision.Missing.Select(Requirement)],
        };
        guidance.Contained.Add(PlacementParameters.Of(decision));
        return guidance;
    }

    /// <summary>Level, method and care place; a proposal until a professional confirms it.</summary>
    public static CarePlan Plan(PlacementDecision decision, Placed placed, bool confirmed)
    {
        var plan = new CarePlan
        {
            Id = placed.CarePlanId,
            Language = "fi",
            Status = confirmed ? RequestStatus.Active : RequestStatus.Draft,
            Intent = confirmed ? CarePlanIntent.Plan : CarePlanIntent.Proposal,
            TitleElement = Texts.NameOf(decision.Place),
            Subject = new ResourceReference(placed.Patient),
            CreatedElement = new FhirDateTime(placed.At),
            Author = placed.Sender.Clone(),
            SupportingInfo = [new ResourceReference($"GuidanceResponse/{placed.GuidanceId}")],
        };
        if (decision.Need.Level is { } level)
            plan.Category.Add(Texts.Concept(level));
        plan.Category.Add(Texts.Concept(decision.Place));
        // So that overrides can be counted: CarePlan?category=overridden-by-clinician&_summary=count.
        if (decision.Overridden is not null)
            plan.Category.Add(Texts.Concept(Reasons.OverriddenByClinician));

        var detail = new CarePlan.DetailComponent
        {
            Kind = CarePlanActivityKind.ServiceRequest,
            Status = CarePlanActivityStatus.NotStarted,
            DescriptionElement = Texts.NameOf(decision.Place),
            Scheduled = new Period(new FhirDateTime($"{decision.Facts.Start:yyyy-MM-dd}"), null),
        };
        if (decision.Chosen.Method is { } method)
            detail.Code = new CodeableConcept(Systems.Method, method);
        if (placed.CareOwner is { } owner)
            detail.Performer.Add(owner.Clone());
        plan.Activity.Add(new CarePlan.ActivityComponent { Detail = detail });
        plan.Activity.AddRange(OtherMethods(decision).Select(method => new CarePlan.ActivityComponent
        {
            Detail = new CarePlan.DetailComponent
            {
                Kind = CarePlanActivityKind.ServiceRequest,
                Status = CarePlanActivityStatus.NotStarted,
                Code = new CodeableConcept(Systems.Method, method),
            },
        }));
        return plan;
    }

    // What begins while the care is waited for, and what goes beside it.
    private static IEnumerable<string> OtherMethods(PlacementDecision decision) =>
        (decision.Chosen.Bridge is { } bridge ? [bridge] : Array.Empty<string>())
        .Concat(decision.Beside.Select(beside => beside.Method)).Distinct();

    private static DataRequirement Requirement(MissingFact missing)
    {
        var (type, path) = missing.Code switch
        {
            "severity" => (FHIRAllTypes.Condition, "severity"),
            "disorder" => (FHIRAllTypes.Condition, "code"),
            "age" => (FHIRAllTypes.Patient, "birthDate"),
            "region" => (FHIRAllTypes.Patient, "address"),
            "service-language" => (FHIRAllTypes.Patient, "communication"),
            "needs-interpreter" => (FHIRAllTypes.Patient, $"extension('{Terms.InterpreterExtension}')"),
            "referrer-profession" => (FHIRAllTypes.PractitionerRole, "code"),
            "current-employer" => (FHIRAllTypes.Coverage, "payor"),
            _ => (FHIRAllTypes.Observation, "value"),
        };
        var requirement = new DataRequirement { Type = type, MustSupport = [path] };
        if (type is FHIRAllTypes.Observation)
            requirement.CodeFilter.Add(new DataRequirement.CodeFilterComponent
            {
                Path = "code",
                Code = [Texts.Coding(Terms.PlacementFact, missing.Code, missing.Name)],
            });
        return requirement;
    }
}

/// <summary>Where a placement stands in the store: ids and references that its parts share.</summary>
internal sealed record Placed(string Patient, string Request, string Journey, string MessageId, DateTimeOffset At)
{
    public required string GuidanceId { get; init; }
    /// <summary>Null for what stands in no placement.</summary>
    public required string? CarePlanId { get; init; }

    /// <summary>
    /// The unit that referred, and the professional in it, who keep the person until a receiver accepts.
    /// </summary>
    public required ResourceReference Sender { get; init; }

    public required ResourceReference Requester { get; init; }

    /// <summary>The current employer's occupational health; null when there is none.</summary>
    public required ResourceReference? Provider { get; init; }

    /// <summary>The responsible region; null while it is not known.</summary>
    public required ResourceReference? Region { get; init; }

    /// <summary>Who gives the care; null while the region is not known.</summary>
    public required ResourceReference? CareOwner { get; init; }
}
