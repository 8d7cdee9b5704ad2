using Fhir;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Consents;

/// <summary>
/// What a client lets the coach say to employers, as a Consent of a category of ours: <c>dateTime</c> when the client
/// was asked, <c>performer</c> the coach who asked (in R4 the grantee), <c>provision.type</c> always <c>deny</c>, and
/// within it a permit for each employer: <c>actor</c> the employer by business id (none means any employer that no other
/// permit names), <c>code</c> the topics, of the dated list in ips-rules.json. Each answer is a Consent of its own, also
/// when nothing changed, so that their dates tell how often it was talked over (IPS-25 item 13 [K]).
/// </summary>
internal static class DisclosurePreference
{
    public const string Category = "disclosure-preference";

    /// <summary>The topic without which an employer is not even spoken to.</summary>
    public const string Contact = "contact";

    public static readonly string CategorySystem = Canonicals.CodeSystem("ips-consent"),
        TopicSystem = Canonicals.CodeSystem("ips-disclosure-topic");

    /// <summary>On a permit: the words that client and coach have agreed, said as they stand.</summary>
    public static readonly string WordsUrl = Canonicals.StructureDefinition("ips-agreed-words");

    public static bool Is(Consent consent) => consent.Category.Exists(one => one.Has(CategorySystem, Category));

    /// <summary>When the client answered; it has a time of the day once it is stored.</summary>
    public static DateTimeOffset AskedAt(Consent answer) => answer.DateTimeElement!.ToDateTimeOffset()!.Value;

    /// <summary>
    /// The answers of a case that were not entered in error. What the person said in an earlier case, perhaps to
    /// another coach, does not speak for this one.
    /// </summary>
    public static async Task<IReadOnlyList<Consent>> Of(Session session, Access access, EpisodeOfCare episode) =>
        episode.Patient?.TryGetLocal(out var type, out var person) == true
            ? [.. (await session.Resources.FindByReference<Consent>(access, "patient", type, person))
                .Where(consent => IsValid(consent)
                    && FinnishTime.DateOf(AskedAt(consent)) >= FinnishTime.DateOf(episode.Period?.StartElement))]
            : [];

    /// <summary>Whether it is such an answer and was not entered in error.</summary>
    public static bool IsValid(Consent consent) => Is(consent) && consent.Status is ConsentState.Active;

    /// <summary>The topics of a permit.</summary>
    public static IReadOnlyList<string> TopicsOf(Consent.ProvisionComponent permit) =>
        [.. permit.Code.SelectMany(code => code.Coding).Where(coding => coding.System == TopicSystem)
            .Select(coding => coding.Code).OfType<string>()];
}
