using System.Globalization;
using System.Xml.Linq;

namespace Fhir.Tests.Path;

/// <summary>One test of HL7's suite.</summary>
/// <param name="Invalid">How it must fail: `syntax`, `semantic`, `execution`; null when it must not.</param>
/// <param name="IsPredicate">The result is taken as a boolean.</param>
/// <param name="Outputs">Type and text of each expected item.</param>
public sealed record Hl7Case(
    string Key, string Input, string Expression, string? Invalid, bool IsPredicate, IReadOnlyList<string> Outputs)
{
    public static IReadOnlyDictionary<string, Hl7Case> All { get; } = Read();

    /// <inheritdoc/>
    public override string ToString() => Key;

    private static Dictionary<string, Hl7Case> Read()
    {
        var cases = new Dictionary<string, Hl7Case>();
        var file = System.IO.Path.Combine(Hl7Inputs.Folder, "tests-fhir-r4.xml");
        foreach (var test in XDocument.Load(file).Descendants("test"))
        {
            // A few names are used twice.
            var name = test.Attribute("name")!.Value;
            var key = name;
            for (var i = 2; cases.ContainsKey(key); i++) key = name + i.ToString(CultureInfo.InvariantCulture);
            var expression = test.Element("expression")!;
            cases.Add(key, new(key, test.Attribute("inputfile")?.Value ?? "patient-example.xml", expression.Value,
                expression.Attribute("invalid")?.Value, test.Attribute("predicate")?.Value == "true",
                [.. test.Elements("output").Select(o => $"{o.Attribute("type")?.Value ?? "any"}:{o.Value}")]));
        }
        return cases;
    }
}
