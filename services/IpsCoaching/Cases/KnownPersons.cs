using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Finds persons whom a coaching-request has brought here.</summary>
internal static class KnownPersons
{
    /// <summary>
    /// The person whom a resource sent by REST names, as <c>Patient/id</c> of this base or by identifier; the reference
    /// is completed with the former, by which it is searched. Faults say what is wrong with the naming itself.
    /// </summary>
    public static async Task<(Patient? Person, IReadOnlyList<FhirIssue> Faults)> Named(
        Session session, Access access, ResourceReference? reference, string path)
    {
        if (reference?.TryGetLocal(out var type, out _) == true && type == "Patient")
            return (await CoachingCases.Follow<Patient>(session, access, reference), []);
        if (reference is not
            { Reference: null, Identifier: { System: { Length: > 0 } system, Value: { Length: > 0 } value } })
            return (null, [Refusal.Issue(IssueType.Required, path,
                "The person is named as Patient/id of this base, or by identifier with system and value.")]);
        var person = await session.Resources.FindByToken<Patient>(access, "identifier", system, value);
        if (person is not null) reference.Reference = $"Patient/{person.Id}";
        return (person, []);
    }

    /// <summary>What all that decides about one person locks, also while the person is not stored yet.</summary>
    public static Identifier KeyOf(Patient person) =>
        person.Identifier.Find(one => one is { System: Systems.IdentityCode, Value.Length: > 0 })
        ?? person.Identifier.First(one => one is { System.Length: > 0, Value.Length: > 0 });
}
