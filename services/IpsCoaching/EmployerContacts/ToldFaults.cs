using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.Consents;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.EmployerContacts;

/// <summary>
/// Holds a contact with an employer to what the client's disclosure preference allowed at that moment: whether the
/// employer was to be contacted at all, and what was said of the client.
/// </summary>
internal static class ToldFaults
{
    private const string Path = "Encounter", Employer = Path + ".extension('ips-employer')";

    public static async Task<IReadOnlyList<FhirIssue>> Of(Write<Encounter> write, string? kind)
    {
        var contact = write.Proposed;
        if (kind != CoachContact.Employer || contact.Subject is null)
            return [.. Told(contact).Select(told => Refusal.Issue(IssueType.NotSupported, told.Path,
                "Only a contact with an employer for a client tells of the client."))];
        var employer = (contact.GetExtension(CoachContact.EmployerUrl)?.Value as ResourceReference)?.Identifier;
        if (!BusinessId.Is(employer) || DateInterval.Of(contact.Period?.StartElement) is not { } moment) return [];
        await RecordContact.Lock(contact.Subject, write);
        var episode = await CoachingCases.Follow<EpisodeOfCare>(
            write.Session, write.Access, contact.EpisodeOfCare.FirstOrDefault());
        IReadOnlyList<Consent> answers = episode is null
            ? [] : await DisclosurePreference.Of(write.Session, write.Access, episode);
        return [.. Faults(contact, EmployerDisclosurePolicy.Decide(answers, employer!.Value!, moment.End))];
    }

    private static IEnumerable<FhirIssue> Faults(Encounter contact, MayTell may)
    {
        if (may.Answer is null)
            yield return Refusal.Issue(IssueType.BusinessRule, Employer,
                "The client had not been asked what employers may be told: ask first and record the disclosure "
                + "preference, or meet the employer for no client in particular.");
        else if (!may.Contact)
            yield return Refusal.Issue(IssueType.BusinessRule, Employer,
                "The client's disclosure preference in force did not let this employer be contacted.");
        var beyond = Told(contact).Where(told => told.Topic is null || !may.Topics.Contains(told.Topic));
        foreach (var (path, topic) in beyond)
            yield return topic is null
                ? Refusal.Issue(IssueType.CodeInvalid, path, $"A topic of {DisclosurePreference.TopicSystem}.")
                : Refusal.Issue(IssueType.BusinessRule, path,
                    "The client's disclosure preference in force did not let this be said to this employer.");
    }

    private static IEnumerable<(string Path, string? Topic)> Told(Encounter contact) => contact.Extension
        .Select((extension, i) => (extension, Path: $"{Path}.extension[{i}]"))
        .Where(one => one.extension.Url == CoachContact.ToldUrl)
        .Select(one => (one.Path, (one.extension.Value as Coding)?.System == DisclosurePreference.TopicSystem
            ? ((Coding)one.extension.Value!).Code : null));
}
