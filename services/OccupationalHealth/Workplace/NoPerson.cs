using System.Text;
using System.Text.RegularExpressions;
using Fhir;
using Fhir.Json;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.Workplace;

/// <summary>Level 1 concerns a workplace: nothing of it names a person, in whatever element or text.</summary>
internal static partial class NoPerson
{
    private static readonly string[] Persons = ["Patient", "RelatedPerson", "Person"];

    public static IEnumerable<FhirIssue> Faults(Resource resource)
    {
        if (References.In(resource).Any(IsPerson))
            yield return Fault(resource, "A workplace is no person: no reference to a Patient or RelatedPerson.");
        if (IsNamedIn(Encoding.UTF8.GetString(FhirJson.Write(resource))))
            yield return Fault(resource, "A workplace is no person: no identity code, in no element and no text.");
    }

    /// <summary>Whether a text holds an identity code, or what has its form.</summary>
    public static bool IsNamedIn(string text) => IdentityCode().IsMatch(text);

    private static bool IsPerson(ResourceReference reference) => Persons.Any(person => reference.Type == person
        || reference.Reference?.StartsWith($"{person}/", StringComparison.Ordinal) == true
        || reference.Reference?.Contains($"/{person}/", StringComparison.Ordinal) == true);

    private static FhirIssue Fault(Resource resource, string message) =>
        Refusal.Issue(IssueType.BusinessRule, resource.TypeName, message);

    // The form of a Finnish identity code, with all signs of the century.
    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-3][0-9][01][0-9]{3}[-+YXWVUABCDEF][0-9]{3}[0-9A-Y](?![0-9A-Za-z])",
        RegexOptions.None, 1000)]
    private static partial Regex IdentityCode();
}
