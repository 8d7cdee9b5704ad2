using Fhir;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Cases;

/// <summary>
/// Why a case ends: a closed list, which holds no work found, no time, no relapse, no substance use, no hospital and no
/// lack of progress. Source: the eight principles of IPS [V] (time-unlimited support); the codes are ours.
/// </summary>
internal static class CaseEnding
{
    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-ending-reason"),
        ExtensionUrl = Canonicals.StructureDefinition("ips-ending-reason");

    /// <summary>To whom the client moved; by identifier or in words.</summary>
    public static readonly string ReceiverUrl = Canonicals.StructureDefinition("ips-transferred-to");

    public const string Death = "death", Transferred = "moved-and-transferred", Unreachable = "unreachable";

    public static IReadOnlyList<TranslatedName> All { get; } =
    [
        new("client-wish", "Asiakkaan toive", "Klientens önskan", "The client's wish"),
        new(Transferred, "Muuttanut ja siirretty", "Flyttat och överförd", "Moved and transferred"),
        new(Death, "Kuolema", "Dödsfall", "Death"),
        new(Unreachable, "Ei tavoitettu dokumentoiduista yrityksistä huolimatta",
            "Inte nåbar trots dokumenterade försök", "Unreachable after documented outreach"),
    ];

    public static string? ReasonOf(EpisodeOfCare episode) =>
        episode.GetExtension(ExtensionUrl)?.Value is Coding coding && coding.System == SystemUrl
        && All.Any(reason => reason.Code == coding.Code)
            ? coding.Code
            : null;

    /// <summary>What is wrong with how a case ends, or with an ending that an open case still holds.</summary>
    public static IEnumerable<FhirIssue> Faults(EpisodeOfCare episode, bool isFinished, DateOnly today)
    {
        const string Place = "EpisodeOfCare.extension('ips-ending-reason')", End = "EpisodeOfCare.period.end";
        if (!isFinished)
        {
            if (episode.GetExtension(ExtensionUrl) is not null)
                yield return Refusal.Issue(IssueType.Invariant, Place, "Only a finished case has an ending.");
            yield break;
        }

        if (ReasonOf(episode) is not { } reason)
            yield return Refusal.Issue(IssueType.CodeInvalid, Place,
                $"A case ends by one of {string.Join(", ", All.Select(one => one.Code))} of {SystemUrl} only: never "
                + "because work was found, or for time, relapse, substance use, hospital or lack of progress.");
        else if (reason == Transferred && !NamesReceiver(episode))
            yield return Refusal.Issue(IssueType.Required, "EpisodeOfCare.extension('ips-transferred-to')",
                "A transfer names who goes on, by identifier or display.");
        if (FinnishTime.LastDateOf(episode.Period?.EndElement) is not { } end)
            yield return Refusal.Issue(IssueType.Required, End, "A finished case has a last day.");
        else if (end > today)
            yield return Refusal.Issue(IssueType.Value, End, "The last day is not in the future.");
        else if (end < FinnishTime.DateOf(episode.Period!.StartElement))
            yield return Refusal.Issue(IssueType.Value, End, "The last day is not before the first.");
    }

    private static bool NamesReceiver(EpisodeOfCare episode) =>
        episode.GetExtension(ReceiverUrl)?.Value is ResourceReference receiver
        && (receiver.Identifier is { Value.Length: > 0 } || receiver.Display is { Length: > 0 });
}
