using Fhir;
using ServiceKit.Rest;

namespace OccupationalHealth.EmployerContracts;

/// <summary>Who may refer to a method by a contract: professions, and organisations.</summary>
internal static class Referrers
{
    /// <summary>Those whom an item of a contract names, or every fault that keeps them from being read.</summary>
    public static (List<string> Roles, List<string> Organisations) Read(
        Contract.ValuedItemComponent item, string path, List<FhirIssue> faults)
    {
        List<string> roles = [], organisations = [];
        for (var i = 0; i < item.Extension.Count; i++)
        {
            if (item.Extension[i].Url != Terms.MayReferExtension)
                continue;
            if (item.Extension[i].Value is ResourceReference reference
                && reference.TryGetLocal(out var type, out var id) && type == "Organization")
                organisations.Add(id);
            else if (item.Extension[i].Value is CodeableConcept profession && Professions([profession]).ToList()
                is { Count: > 0 } codes)
                roles.AddRange(codes);
            else
                faults.Add(Refusal.Issue(IssueType.Value, $"{path}.extension[{i}].value",
                    "Who may refer is a profession, coded with its system, or an Organization of this base."));
        }

        return (roles, organisations);
    }

    /// <summary>Professions as contracts and referrals are compared by them.</summary>
    public static IEnumerable<string> Professions(IEnumerable<CodeableConcept> concepts) =>
        concepts.SelectMany(concept => concept.Coding)
            .Where(coding => coding is { System: not null, Code: not null })
            .Select(coding => $"{coding.System}|{coding.Code}");
}
