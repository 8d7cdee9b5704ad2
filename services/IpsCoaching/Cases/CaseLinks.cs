using Fhir;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Messaging;

namespace IpsCoaching.Cases;

/// <summary>What a resource belongs to.</summary>
/// <param name="What">The resource.</param>
/// <param name="Units">The units and roles to which it points.</param>
internal sealed record CaseLinks(
    Resource What, string? Person, string? Case, string? Journey, IReadOnlyList<ResourceReference> Units)
{
    public bool Any => Person is not null || Units.Count > 0;

    public static CaseLinks In(Resource resource)
    {
        // Cases are followed as they are stored; the others are nobody's.
        if (resource is EpisodeOfCare or Patient or Organization or Practitioner or PractitionerRole)
            return new CaseLinks(resource, null, null, null, []);
        List<ResourceReference> references = [.. References.In(resource)];
        return new CaseLinks(
            resource, IdIn(nameof(Patient)), IdIn(nameof(EpisodeOfCare)),
            (resource as FhirTask)?.GroupIdentifier?.Value, references);

        string? IdIn(string type) => references
            .Select(one => one.TryGetLocal(out var of, out var id) && of == type ? id : null)
            .FirstOrDefault(id => id is not null);
    }

    /// <summary>
    /// The cases of a person in which it is: the one that it names or that names it, or those that were open at its time.
    /// What is of none of their times belongs to those that are open now.
    /// </summary>
    /// <param name="cases">The one that was changed last first.</param>
    public IReadOnlyList<EpisodeOfCare> Among(IReadOnlyList<EpisodeOfCare> cases)
    {
        if (Case is not null) return [.. cases.Where(one => one.Id == Case)];
        if (Journey is not null)
            return [.. cases.Where(one => one.Identifier.Exists(known =>
                known.System == Systems.Journey && known.Value == Journey))];
        var naming = cases.Where(one => one.Team.Concat(one.ReferralRequest)
            .Any(named => named.Reference == $"{What.TypeName}/{What.Id}")).ToList();
        if (naming.Count > 0) return naming;
        var (first, last) = TimeOf(What);
        var then = first is null && last is null ? []
            : cases.Where(one => CoachingCases.Runs(one, first ?? DateOnly.MinValue, last ?? DateOnly.MaxValue)).ToList();
        return then.Count > 0 ? then : CoachingCases.Running(cases);
    }

    /// <summary>
    /// Whether the unit of a case sees it. As long as nobody coaches, that is the unit that has asked for coaching: it sees
    /// its request and the employment status, which it is told of anyway, and nothing else that coaching records.
    /// </summary>
    public bool IsFor(EpisodeOfCare episode) =>
        episode.CareManager is not null || CaseEntry.Of(episode) != CaseEntry.Request
        || What is ServiceRequest or CareTeam or FhirTask { Intent: TaskIntent.Order }
        || What is Observation status && status.Code?.Has(Systems.Loinc, OdhEmploymentStatus.Code) == true;

    private static (DateOnly? First, DateOnly? Last) TimeOf(Resource resource) => resource switch
    {
        Observation { Effective: Period period } => Of(period),
        Observation { Effective: FhirDateTime day } => On(day),
        Procedure { Performed: Period period } => Of(period),
        Procedure { Performed: FhirDateTime day } => On(day),
        Consent consent => On(consent.DateTimeElement),
        QuestionnaireResponse answers => On(answers.AuthoredElement),
        Goal { Start: Date { Text: { Length: 10 } day } } => On(new FhirDateTime(day)),
        _ => (null, null),
    };

    private static (DateOnly?, DateOnly?) Of(Period period) =>
        (FinnishTime.DateOf(period.StartElement), FinnishTime.LastDateOf(period.EndElement));

    private static (DateOnly?, DateOnly?) On(FhirDateTime? time) =>
        (FinnishTime.DateOf(time), FinnishTime.LastDateOf(time));
}
