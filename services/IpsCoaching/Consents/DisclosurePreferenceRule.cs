using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Consents;

/// <summary>
/// A client's answer about employers by REST. Never overwritten: whoever thinks otherwise gives a new answer. What
/// would narrow it in a way that is not honoured here is refused, so that nobody is told more than was meant.
/// </summary>
internal static class DisclosurePreferenceRule
{
    private const string Path = "Consent", Provision = Path + ".provision";

    public static async Task<Refusal?> Check(Write<Consent> write)
    {
        var answer = write.Proposed;
        if (write.Current is { } current)
            return CaseFact.WithdrawalFault(answer, current, one => one.Status = ConsentState.EnteredInError)
                is { } fault ? Refusal.BadRequest(fault) : null;
        var topics = IpsRules.InForceOn(FinnishTime.DateOf(write.Session.Now)).DisclosureTopics
            .Select(topic => topic.Name.Code).ToList();
        var fact = new CaseFact(
            (answer.Patient, Path + ".patient"), (answer.DateTimeElement, Path + ".dateTime"),
            (answer.Performer is [var only] ? only : null, Path + ".performer"));
        return await fact.Check(
            write.Session, write.Access, [.. HeadFaults(answer), .. ProvisionFaults(answer.Provision, topics)]);
    }

    private static IEnumerable<FhirIssue> HeadFaults(Consent answer)
    {
        if (answer.Status is not null and not ConsentState.Active)
            yield return Refusal.Issue(IssueType.Value, Path + ".status",
                "An answer is active; one that changes nothing, or takes everything back, is an answer too.");
        if (answer.Category.Count != 1)
            yield return Refusal.Issue(IssueType.Value, Path + ".category",
                $"The only category is {DisclosurePreference.Category}: what others than employers may be told is a "
                + "Consent of its own.");
        // Several answers may come on one day: which is the newest must be known.
        if (FinnishTime.DayOf(answer.DateTimeElement) is not null && answer.DateTimeElement!.ToDateTimeOffset() is null)
            yield return Refusal.Issue(IssueType.Value, Path + ".dateTime",
                "When the client was asked, with the time of the day.");
        foreach (var fault in ConsentRule.KeepingFaults(answer)) yield return fault;
    }

    private static IEnumerable<FhirIssue> ProvisionFaults(
        Consent.ProvisionComponent? root, IReadOnlyList<string> topics)
    {
        if (root?.Type is not ConsentProvisionType.Deny)
        {
            yield return Refusal.Issue(IssueType.Required, Provision + ".type",
                "The provision denies all, and has a permit for each employer to whom something may be said.");
            yield break;
        }

        foreach (var fault in NotHonoured(root, Provision, [.. root.Actor, .. root.Code])) yield return fault;
        List<string> named = [];
        for (var i = 0; i < root.Provision.Count; i++)
        {
            var path = $"{Provision}.provision[{i}]";
            foreach (var fault in PermitFaults(root.Provision[i], path, topics)) yield return fault;
            var employers = EmployersOf(root.Provision[i]);
            if (employers.Any(named.Contains))
                yield return Refusal.Issue(IssueType.Value, path + ".actor",
                    "One permit for each employer, and one for all that none names.");
            named.AddRange(employers);
        }
    }

    private static IEnumerable<FhirIssue> PermitFaults(
        Consent.ProvisionComponent permit, string path, IReadOnlyList<string> topics)
    {
        if (permit.Type is not ConsentProvisionType.Permit)
            yield return Refusal.Issue(IssueType.Value, path + ".type", "It is a permit.");
        foreach (var fault in ActorFaults(permit, path)) yield return fault;
        var known = DisclosurePreference.TopicsOf(permit);
        if (known.Count != permit.Code.Sum(code => code.Coding.Count) || known.Except(topics).Any())
            yield return Refusal.Issue(IssueType.CodeInvalid, path + ".code",
                $"The topics are of {string.Join(", ", topics)} of {DisclosurePreference.TopicSystem}.");
        if (!known.Contains(DisclosurePreference.Contact))
            yield return Refusal.Issue(IssueType.BusinessRule, path + ".code",
                $"Whatever may be said, the employer may be contacted: {DisclosurePreference.Contact} is among the "
                + "topics, or the permit is left out.");
        if (permit.GetExtension(DisclosurePreference.WordsUrl) is { Value: not FhirString { Value.Length: > 0 } })
            yield return Refusal.Issue(
                IssueType.Value, path + ".extension('ips-agreed-words')", "The words, a string.");
        foreach (var fault in NotHonoured(permit, path, [])) yield return fault;
        for (var j = 0; j < permit.Provision.Count; j++)
        {
            var (except, place) = (permit.Provision[j], $"{path}.provision[{j}]");
            if (permit.Actor.Count > 0 || except.Type is not ConsentProvisionType.Deny || except.Actor.Count == 0)
                yield return Refusal.Issue(IssueType.Value, place,
                    "Only the permit for all employers has exceptions: a deny that names employers.");
            foreach (var fault in ActorFaults(except, place)) yield return fault;
            foreach (var fault in NotHonoured(except, place, [.. except.Code, .. except.Provision])) yield return fault;
        }
    }

    private static IEnumerable<FhirIssue> ActorFaults(Consent.ProvisionComponent provision, string path)
    {
        for (var i = 0; i < provision.Actor.Count; i++)
        {
            if (provision.Actor[i].Role?.Has(ConsentRule.RoleSystem, ConsentRule.Recipient) != true)
                yield return Refusal.Issue(IssueType.CodeInvalid, $"{path}.actor[{i}].role",
                    $"The role is {ConsentRule.Recipient} of {ConsentRule.RoleSystem}.");
            if (!BusinessId.Is(provision.Actor[i].Reference?.Identifier))
                yield return Refusal.Issue(IssueType.Required, $"{path}.actor[{i}].reference.identifier",
                    $"The employer by its business id of {BusinessId.SystemUrl}.");
        }
    }

    private static IReadOnlyList<string> EmployersOf(Consent.ProvisionComponent permit) => permit.Actor.Count == 0
        ? [""]
        : [.. permit.Actor.Select(actor => actor.Reference?.Identifier?.Value).OfType<string>()];

    private static IEnumerable<FhirIssue> NotHonoured(
        Consent.ProvisionComponent provision, string path, IReadOnlyList<Base> others)
    {
        if (others.Count > 0 || provision.Period is not null || provision.Action.Count > 0
            || provision.SecurityLabel.Count > 0 || provision.Purpose.Count > 0 || provision.Class.Count > 0
            || provision.DataPeriod is not null || provision.Data.Count > 0)
            yield return Refusal.Issue(IssueType.NotSupported, path,
                "It holds a condition that this service cannot honour, and so is not taken: leave it out.");
    }
}
