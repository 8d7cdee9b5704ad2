using Fhir;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Coaching teams by the names under which their systems call.</summary>
internal static class Teams
{
    /// <summary>The name of a unit, or null.</summary>
    public static string? NameOf(Organization? unit) => unit?.Identifier
        .Find(one => one is { System: Systems.Organisation, Value.Length: > 0 })?.Value;

    /// <summary>
    /// The unit of a reference, where the caller may ask for its figures and lists: who sees its own only names its own.
    /// Any other is to that caller as one that is not there.
    /// </summary>
    public static async Task<Organization?> Own(Session session, Access access, ResourceReference? reference) =>
        await CoachingCases.Unit(session, access, reference) is { } unit
        && (!access.OwnOnly || NameOf(unit) == access.Organisation)
            ? unit
            : null;

    /// <summary>The names of the units to which references lead, by the role of a professional too.</summary>
    public static async Task<IReadOnlyList<string>> Of(
        Session session, Access access, IEnumerable<ResourceReference?> references)
    {
        List<string> names = [];
        foreach (var reference in references)
        {
            var role = await CoachingCases.Follow<PractitionerRole>(session, access, reference);
            var unit = await CoachingCases.Follow<Organization>(session, access, role?.Organization ?? reference);
            if (NameOf(unit) is { } name) names.Add(name);
        }

        return names;
    }
}
