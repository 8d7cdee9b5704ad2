using System.Text.RegularExpressions;
using Fhir.Generator.Definitions;

namespace Fhir.Generator.Specification;

/// <summary>
/// R4 writes one expression for all types that share a parameter (`Patient.name | Practitioner.name`);
/// each type gets its own alternatives only.
/// </summary>
internal static partial class SearchBuilder
{
    public static SearchSpecification[] Build(IReadOnlyList<SearchDefinition> all, IReadOnlyList<string> resources)
    {
        string[] types = ["Resource", "DomainResource", .. resources];
        return
        [
            .. types.SelectMany(type => all.Where(s => s.Bases.Contains(type))
                .OrderBy(s => s.Code, StringComparer.Ordinal)
                .Select(s => new SearchSpecification(type, s, Expression(type, s.Expression)))),
        ];
    }

    private static string Expression(string type, string all) =>
        Alternatives(all).Where(a => RootType().Match(a).Groups[1].Value == type).ToArray() is { Length: > 0 } own
            ? string.Join(" | ", own)
            : throw new InvalidDataException($"No alternative of {all} is for {type}.");

    private static IEnumerable<string> Alternatives(string expression)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < expression.Length; i++)
        {
            depth += expression[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (expression[i] != '|' || depth > 0) continue;
            yield return expression[start..i].Trim();
            start = i + 1;
        }
        yield return expression[start..].Trim();
    }

    [GeneratedRegex(@"^\(*([A-Z]\w*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RootType();
}
