using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>What a coach records of one day in a person's open case, with the places of its parts.</summary>
/// <param name="Person">Whom it is about; completed with the address of this base.</param>
/// <param name="Day">When it was: a day at least, neither in the future nor before the case.</param>
/// <param name="Author">Who recorded it; null where nobody is named, which is a fault too.</param>
internal sealed record CaseFact(
    (ResourceReference? Value, string Path) Person, (FhirDateTime? Value, string Path) Day,
    (ResourceReference? Value, string Path) Author)
{
    /// <summary>
    /// Null when it belongs to an open case; a refusal lists every fault, those found before among them.
    /// </summary>
    public async Task<Refusal?> Check(Session session, Access access, IEnumerable<FhirIssue> found)
    {
        var (person, personFaults) = await KnownPersons.Named(session, access, Person.Value, Person.Path);
        if (person is not null) await session.Lock(access, person.TypeName, person.Id!);
        var episode = person is null
            ? null : await CoachingCases.Open(session, access, new ResourceReference($"Patient/{person.Id}"));
        List<FhirIssue> faults = [.. found, .. personFaults, .. DayFaults(episode, session.Now)];
        if (!await CoachingCases.IsProfessional(session, access, Author.Value))
            faults.Add(Refusal.Issue(IssueType.NotFound, Author.Path,
                "Who recorded it, a PractitionerRole or Practitioner of this base."));
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        return episode is not null ? null : new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(
            IssueType.BusinessRule, Person.Path, "The person has no open coaching case.")]);
    }

    /// <summary>
    /// Whether an update withdraws and does nothing else: facts are never rewritten, the right one is recorded anew.
    /// </summary>
    public static FhirIssue? WithdrawalFault<T>(T proposed, T current, Action<T> withdraw) where T : Resource
    {
        var withdrawn = current.Clone();
        withdraw(withdrawn);
        withdrawn.Meta = proposed.Meta;
        return !withdrawn.DeepEquals(WithMeta(current, proposed.Meta)) && proposed.DeepEquals(withdrawn)
            ? null
            : Refusal.Issue(IssueType.BusinessRule, proposed.TypeName,
                "It is only ever withdrawn: send it unchanged but for the status entered-in-error, and record the "
                + "right one anew.");
    }

    private static T WithMeta<T>(T resource, Meta? meta) where T : Resource
    {
        var copy = resource.Clone();
        copy.Meta = meta;
        return copy;
    }

    private IEnumerable<FhirIssue> DayFaults(EpisodeOfCare? episode, DateTimeOffset now)
    {
        if (FinnishTime.DayOf(Day.Value) is not { } day)
            yield return Refusal.Issue(IssueType.Required, Day.Path, "When it was, to the day.");
        else if (day > FinnishTime.DateOf(now) || Day.Value!.ToDateTimeOffset() > now)
            yield return Refusal.Issue(IssueType.Value, Day.Path, "It is recorded afterwards, never ahead.");
        else if (day < FinnishTime.DateOf(episode?.Period?.StartElement))
            yield return Refusal.Issue(IssueType.BusinessRule, Day.Path, "It is before the case.");
    }
}
