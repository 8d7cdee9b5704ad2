using Fhir;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>Takes what a region responds to a message that lay in its queue.</summary>
internal static class TakeAcknowledgement
{
    /// <summary>False when no message with this id was on its way to this region; then nothing happens.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="region">The region in whose virtual host the response was.</param>
    /// <param name="headerId">The MessageHeader.id that it responds to.</param>
    /// <param name="code">What it says.</param>
    /// <param name="options">The pauses before a message is sent again.</param>
    public static async Task<bool> Take(
        Session session, string region, string headerId, ResponseType code, DeliveryOptions options)
    {
        if (await Deliveries.Find(session, headerId) is not { } row || row.Region != region) return false;
        switch (DeliveryPolicy.Decide(RegionAnswer.Of(code), row.Attempt, session.Now, options))
        {
            case AfterAttempt.Acknowledge:
                await Deliveries.Acknowledge(session, headerId);
                break;
            case AfterAttempt.TryAgain(var at):
                await Deliveries.SendLater(session, headerId, at);
                break;
            case AfterAttempt.GiveUp(var why):
                if (await Deliveries.GiveUp(session, headerId, why))
                    await ReportUndelivered.Send(session, headerId, why);
                break;
        }

        return true;
    }
}
