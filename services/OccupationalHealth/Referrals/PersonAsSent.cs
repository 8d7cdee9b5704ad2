using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// A source may correct what it has told of a person itself. What another source has told is never overwritten.
/// </summary>
internal static class PersonAsSent
{
    /// <summary>The person as the message tells, when another source has told otherwise before; else null.</summary>
    public static async Task<Patient?> Update(Filing filing, ReceivedMessage message, Session session)
    {
        Patient? otherwise = null;
        foreach (var sent in message.Bundle.All<Patient>().Where(filing.IsKnown))
        {
            var stored = await session.Resources.Get<Patient>(message.Access, filing.IdOf(sent));
            if (stored is null || SameDemographics(stored, sent))
                continue;
            var copy = filing.Copy(sent);
            if (stored.Meta?.Source == copy.Meta!.Source)
                await session.Resources.Update(message.Access, copy);
            else
                otherwise = copy;
        }

        return otherwise;
    }

    private static bool SameDemographics(Patient one, Patient other) =>
        one.BirthDate == other.BirthDate && one.Gender == other.Gender
        && Same(one.Name, other.Name) && Same(one.Address, other.Address) && Same(one.Telecom, other.Telecom);

    private static bool Same<T>(List<T> one, List<T> other) where T : Base =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.DeepEquals(pair.Second));
}
