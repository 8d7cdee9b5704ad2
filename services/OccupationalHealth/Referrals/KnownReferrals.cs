using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>Finds the care Task of a referral by the number that its sender gave it.</summary>
internal static class KnownReferrals
{
    public static async Task<FhirTask?> Find(Session session, Access access, FhirTask named) =>
        Referral.PlacerNumber(named) is { System: { } system, Value: { } value }
            ? await session.Resources.FindByToken<FhirTask>(access, "identifier", system, value)
            : null;

    public static MessageResult Unknown() =>
        new MessageResult.Refused(Refusal.NotFound("There is no referral with this number."));
}
