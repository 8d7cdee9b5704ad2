using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>Finds the care Task of a referral by the number that its sender gave it.</summary>
internal static class KnownReferrals
{
    /// <summary>Null when there is none. Nobody else acts upon that referral until this transaction ends.</summary>
    public static async Task<FhirTask?> Find(Session session, Access access, FhirTask named)
    {
        if (Referral.PlacerNumber(named) is not { System: { } system, Value: { } value } number)
            return null;
        await session.Lock(access, number);
        return await session.Resources.FindByToken<FhirTask>(access, "identifier", system, value);
    }

    public static MessageResult Unknown() =>
        new MessageResult.Refused(Refusal.NotFound("There is no referral with this number."));
}
