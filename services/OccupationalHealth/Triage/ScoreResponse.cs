using Fhir;
using Fhir.Json;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>
/// <c>POST QuestionnaireResponse/$score</c>: total, band and safety flag as Observations. Stores nothing; a response
/// that is created is scored by the same rules (<see cref="QuestionnaireResponseRule"/>).
/// </summary>
public static class ScoreResponse
{
    public static void MapScore(this RouteGroupBuilder group) =>
        group.MapPost("/QuestionnaireResponse/$score", Score);

    /// <summary>The instrument and the answers, or every fault; gaps are no fault here.</summary>
    internal static (Instrument? Instrument, Answers? Answers, IReadOnlyList<FhirIssue> Faults) Read(
        QuestionnaireResponse response)
    {
        if (Instruments.Find(response.Questionnaire) is not { } instrument)
            return (null, null, [Refusal.Issue(IssueType.CodeInvalid, "QuestionnaireResponse.questionnaire",
                $"One of {string.Join(", ", Instruments.All.Select(known => known.Url))}.")]);
        var answers = Answers.Read(instrument, response);
        return (instrument, answers, answers.Faults);
    }

    private static async Task Score(
        HttpContext context, OccupationalHealthDatabase database, TimeProvider time, CancellationToken cancel)
    {
        var (answer, refusal) = await Answer(context, database, time);
        await (refusal is not null
            ? FhirHttp.Refuse(context.Response, refusal, cancel)
            : FhirHttp.Write(context.Response, 200, FhirJson.Write(answer!), cancel));
    }

    private static async Task<(Bundle? Answer, Refusal? Refusal)> Answer(
        HttpContext context, OccupationalHealthDatabase database, TimeProvider time)
    {
        if (FhirHttp.AccessOf(context.Request) is not { } access)
            return (null, Refusal.Unknown);
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, context.RequestAborted);
        if (refusal is not null)
            return (null, refusal);
        (var resource, refusal) = FhirHttp.Parse(body!);
        if (refusal is not null)
            return (null, refusal);
        if (resource is not QuestionnaireResponse response)
            return (null, Refusal.BadRequest(Refusal.Issue(
                IssueType.Invalid, resource!.TypeName, "The body is a QuestionnaireResponse.")));

        var (instrument, answers, faults) = Read(response);
        if (instrument is null)
            return (null, Refusal.BadRequest(faults));
        List<FhirIssue> all = [.. faults, .. instrument.HasTotal ? answers!.MissingFaults() : []];
        if (all.Count > 0)
            return (null, Refusal.BadRequest([.. Safety(answers!, instrument), .. all]));
        var rules = PlacementRules.InForceOn(FinnishTime.DateOf(time.GetUtcNow()));
        var gender = await database.Read(
            session => PersonsGender.Of(session, access, response), context.RequestAborted);
        return (Collection(DescribeScore.Of(
            ScoringPolicy.Score(instrument, answers!, rules, gender), answers!, response)), null);
    }

    // Who gets no total because of a gap has to learn of this all the same, and first.
    private static IEnumerable<FhirIssue> Safety(Answers answers, Instrument instrument)
    {
        if (answers.RaiseSafetyFlag)
            yield return new FhirIssue(IssueSeverity.Warning, IssueType.BusinessRule,
                $"QuestionnaireResponse.item.where(linkId='{instrument.SafetyItem}')",
                "Whatever the total: this answer asks for a review of safety the same day. In an emergency 112; "
                + "Medical Helpline 116117.", -1);
    }

    private static Bundle Collection(IEnumerable<Observation> observations)
    {
        var bundle = new Bundle { Type = BundleType.Collection };
        foreach (var observation in observations)
        {
            var id = ResourceStore.NewId();
            bundle.Entry.Add(new Bundle.EntryComponent { FullUrl = $"urn:uuid:{id}", Resource = observation });
        }

        return bundle;
    }
}
