using Fhir;
using IpsCoaching.Cases;
using Messages;

namespace IpsCoaching.Bulk;

/// <summary>How a case of a spreadsheet ended.</summary>
/// <param name="Reason">A code of <see cref="CaseEnding"/>.</param>
/// <param name="Receiver">To whom the client moved.</param>
internal sealed record LineEnding(DateOnly Day, string Reason, string? Receiver)
{
    public void Finish(EpisodeOfCare episode)
    {
        episode.Status = EpisodeOfCareStatus.Finished;
        episode.Period!.End = CaseRule.Day(Day);
        episode.SetExtension(CaseEnding.ExtensionUrl, new Coding(CaseEnding.SystemUrl, Reason));
        if (Receiver is not null)
            episode.SetExtension(CaseEnding.ReceiverUrl, new ResourceReference(null, Receiver));
    }

    /// <summary>Whether a case has ended so, even if it was opened again.</summary>
    public bool IsOf(EpisodeOfCare episode) => episode.Status is EpisodeOfCareStatus.Finished
        ? FinnishTime.LastDateOf(episode.Period?.EndElement) == Day && CaseEnding.ReasonOf(episode) == Reason
            && (Receiver is null || ReceiverOf(episode) == Receiver)
        : episode.StatusHistory.Exists(was => was.Status is EpisodeOfCareStatus.Finished
            && FinnishTime.DateOf(was.Period?.StartElement) == Day);

    private static string? ReceiverOf(EpisodeOfCare episode) =>
        (episode.GetExtension(CaseEnding.ReceiverUrl)?.Value as ResourceReference)?.Display;
}
