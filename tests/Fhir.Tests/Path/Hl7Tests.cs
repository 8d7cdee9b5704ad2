using Fhir.Path;
using Fhir.Path.Values;

namespace Fhir.Tests.Path;

/// <summary>HL7's FHIRPath tests for R4, https://github.com/FHIR/fhir-test-cases/tree/master/r4/fhirpath</summary>
public sealed class Hl7Tests
{
    public static TheoryData<string> Names => [.. Hl7Case.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_what_HL7_expects_but_for_the_differences_that_are_listed(string name)
    {
        var fault = Fault(Hl7Case.All[name]);
        if (!KnownDifferences.Reasons.TryGetValue(name, out var reason)) Assert.Null(fault);
        else Assert.True(fault is not null, $"{name} passes now; take it off the list ({reason}).");
    }

    private static string? Fault(Hl7Case test)
    {
        if (Hl7Inputs.Get(test.Input) is not { } input) return "the type of the input is not modelled";
        IReadOnlyList<object> results;
        try
        {
            results = FhirPathExpression.Parse(test.Expression).Evaluate(input);
        }
        catch (FormatException e)
        {
            return test.Invalid is not null ? null : e.Message;
        }
        catch (FhirPathException e)
        {
            return test.Invalid is not null ? null : e.Message;
        }
        if (test.Invalid is not null) return $"gave {results.Count} items and should have failed ({test.Invalid})";
        if (test.IsPredicate) results = [results is not [] and not [false]];
        string[] found = [.. results.Select(r => Shown(r))];
        var same = found.Length == test.Outputs.Count && found.Zip(test.Outputs, (f, o) => Same(f, o)).All(s => s);
        return same ? null : $"[{string.Join(" ; ", found)}], not [{string.Join(" ; ", test.Outputs)}]";
    }

    private static bool Same(string found, string expected) => expected.StartsWith("any:", StringComparison.Ordinal)
        ? found[(found.IndexOf(':', StringComparison.Ordinal) + 1)..] == expected[4..]
        : found.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static string Shown(object item)
    {
        var type = PathType.Of(item).Name;
        var at = item is PathDate { Kind: PathDateKind.Time } ? "@T"
            : item is PathDate or Date or FhirDateTime or Instant ? "@" : "";
        var text = item switch
        {
            bool value => value ? "true" : "false",
            IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => item.ToString(),
        };
        return $"{type}:{at}{text}";
    }
}
