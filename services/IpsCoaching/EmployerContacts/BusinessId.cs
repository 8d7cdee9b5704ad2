using System.Text.RegularExpressions;
using Fhir;

namespace IpsCoaching.EmployerContacts;

/// <summary>Business ids. Source of the system: Kanta's RegisterSpecifier [V]; of the form: PRH [K].</summary>
internal static partial class BusinessId
{
    public const string SystemUrl = "urn:oid:1.2.246.10";

    public static bool Is(Identifier? identifier) =>
        identifier is { System: SystemUrl, Value: { } value } && Form().IsMatch(value);

    [GeneratedRegex(@"^[0-9]{7}-[0-9]\z", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
