using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.Referrals;

/// <summary>
/// <c>POST ServiceRequest/$place</c>: what would become of a referral. It is handled as ever, but nothing is
/// stored, and nothing leaves.
/// </summary>
public static class DryRunPlacement
{
    public static void MapDryRunPlacement(this RouteGroupBuilder group) =>
        group.MapPost("/ServiceRequest/$place", Place);

    private static async Task Place(HttpContext context, OccupationalHealthDatabase database, CancellationToken cancel)
    {
        var (answer, refusal) = await Answer(context, database, cancel);
        await (refusal is not null
            ? FhirHttp.Refuse(context.Response, refusal, cancel)
            : FhirHttp.Write(context.Response, 200, FhirJson.Write(answer!), cancel));
    }

    private static async Task<(Bundle? Answer, Refusal? Refusal)> Answer(
        HttpContext context, OccupationalHealthDatabase database, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(context.Request) is not { } access)
            return (null, Refusal.Unknown);
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, cancel);
        if (refusal is not null)
            return (null, refusal);
        var (resource, broken) = FhirHttp.Read(body!);
        if (resource is null)
            return (null, Refusal.BadRequest(broken));
        if (resource is not Bundle { Entry: [{ Resource: MessageHeader { Id: not null } }, ..] } bundle)
            return (null, Refusal.BadRequest(Refusal.Issue(
                IssueType.Structure, "Bundle.entry[0].resource", "The body is a referral-request: a message Bundle.")));

        var message = new ReceivedMessage(bundle, body!, access);
        IReadOnlyList<FhirIssue> faults = ReferralFaults.Of(message);
        if (Refusal.Together(faults.Count > 0 ? Refusal.BadRequest(faults) : null, broken) is { } faulty)
            return (null, faulty);

        return await database.Try<(Bundle?, Refusal?)>(async session =>
        {
            var result = await new PlaceReferral(message, session).Place();
            return result is MessageResult.Accepted accepted
                ? (MessageBundle.Answer(
                    message.Header, ServiceNames.OccupationalHealth, session.Now, accepted.Content), null)
                : (null, ((MessageResult.Refused)result).Refusal);
        }, cancel);
    }
}
