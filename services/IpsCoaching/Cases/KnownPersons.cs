using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Finds persons whom a coaching-request has brought here.</summary>
internal static class KnownPersons
{
    // The label of the Finnish base profiles, domain.md section 2.2 [V].
    private const string Protected = "TURVAKIELTO",
        SecurityLabels = "https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs";

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

    /// <summary>
    /// The person whom the register has under an identifier of the one who was sent, whom a case is opened for; null
    /// where the sent one is stored as a new one. A caller who sees its own only is shown the register's, which is put on
    /// record, but never who has a protected address: there it goes on with what it has sent itself, and learns not even
    /// that the person is known.
    /// </summary>
    public static async Task<Patient?> Registered(Session session, Access access, Patient sent)
    {
        if (access.OwnOnly && await Find(session, access, sent) is [var seen, ..]) return seen;
        var known = await Find(session, access.Register, sent);
        var person = known.FirstOrDefault(IsProtected) ?? known.FirstOrDefault();
        if (person is null || !access.OwnOnly) return person;
        if (IsProtected(person)) return null;
        session.Shown(access, "read", person);
        return person;
    }

    private static bool IsProtected(Patient person) => person.Meta?.Security
        .Exists(label => label is { System: SecurityLabels, Code: Protected }) == true;

    private static async Task<IReadOnlyList<Patient>> Find(Session session, Access access, Patient sent)
    {
        List<(string, string, string)> identifiers =
        [
            .. sent.Identifier.Where(one => one is { System.Length: > 0, Value.Length: > 0 })
                .Select(one => (sent.TypeName, one.System!, one.Value!)),
        ];
        var known = await session.Resources.FindByIdentifiers(access, identifiers);
        List<Patient> all = [];
        foreach (var id in identifiers.SelectMany(identifier => known[identifier]).Distinct())
            all.Add((await session.Resources.Get<Patient>(access, id))!);
        return all;
    }

    /// <summary>What all that decides about one person locks, also while the person is not stored yet.</summary>
    public static Identifier KeyOf(Patient person) =>
        person.Identifier.Find(one => one is { System: Systems.IdentityCode, Value.Length: > 0 })
        ?? person.Identifier.First(one => one is { System.Length: > 0, Value.Length: > 0 });
}
