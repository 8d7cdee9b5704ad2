using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;

namespace IpsCoaching.Consents;

/// <summary>What may be told to one employer at one moment.</summary>
/// <param name="Answer">The client's answer in force; null when nobody had asked.</param>
/// <param name="Topics">The codes of what may be told; empty when the employer is not to be contacted.</param>
/// <param name="Words">What client and coach have agreed to say, word for word.</param>
internal sealed record MayTell(Consent? Answer, IReadOnlyList<string> Topics, string? Words)
{
    public bool Contact => Topics.Contains(DisclosurePreference.Contact);
}

/// <summary>
/// What the client's newest answer lets the coach say to an employer. Pure. By default nothing: whoever was not asked
/// is not spoken of, and no older answer stands behind the newest one.
/// </summary>
internal static class EmployerDisclosurePolicy
{
    /// <summary>The answer that held at a moment.</summary>
    public static Consent? InForce(IEnumerable<Consent> answers, DateTimeOffset at) => answers
        .Where(answer => DisclosurePreference.AskedAt(answer) <= at)
        .OrderBy(DisclosurePreference.AskedAt).ThenBy(answer => answer.Meta?.LastUpdated).LastOrDefault();

    /// <summary>A permit that names the employer stands in place of the one for any employer.</summary>
    /// <param name="employer">The employer's business id.</param>
    public static MayTell Decide(IEnumerable<Consent> answers, string employer, DateTimeOffset at)
    {
        var answer = InForce(answers, at);
        var permits = answer?.Provision?.Provision ?? [];
        var permit = permits.Find(one => Names(one, employer))
            ?? permits.Find(one => one.Actor.Count == 0 && !one.Provision.Exists(except => Names(except, employer)));
        var topics = permit is null ? [] : DisclosurePreference.TopicsOf(permit);
        var words = permit?.GetExtension(DisclosurePreference.WordsUrl)?.Value as FhirString;
        return topics.Contains(DisclosurePreference.Contact)
            ? new MayTell(answer, topics, words?.Value)
            : new MayTell(answer, [], null);
    }

    private static bool Names(Consent.ProvisionComponent provision, string employer) =>
        provision.Actor.Exists(actor => actor.Reference?.Identifier is { System: BusinessId.SystemUrl } known
            && known.Value == employer);
}
