using System.Collections;
using System.Text.RegularExpressions;
using Fhir;

namespace ServiceKit.Storage;

/// <summary>
/// A path to the values of a search parameter: dotted element names, alternatives joined by <c>|</c>, a choice narrowed by
/// <c>as</c> or <c>ofType</c>, and references narrowed by <c>where(resolve() is Type)</c>. Nearly all search expressions of
/// R4 are of this form; parameters with any other are not indexed.
/// </summary>
public sealed partial class IndexPath
{
    private readonly IReadOnlyList<Alternative> alternatives;

    private IndexPath(IReadOnlyList<Alternative> alternatives) => this.alternatives = alternatives;

    /// <summary>Reads the alternatives that begin at the given type; null when one of them is of another form.</summary>
    public static IndexPath? TryParse(string type, string expression)
    {
        var result = new List<Alternative>();
        foreach (var part in expression.Split('|', StringSplitOptions.TrimEntries))
        {
            var match = Form().Match(part);
            if (!match.Success) return null;
            var steps = match.Groups["path"].Value.Split('.');
            if (steps[0] != type && steps[0] is not ("Resource" or "DomainResource")) continue;
            result.Add(new Alternative(steps[1..], match.Groups["as"].Value, match.Groups["target"].Value));
        }

        return result.Count == 0 ? null : new IndexPath(result);
    }

    /// <summary>All values, in the order of the resource.</summary>
    public IEnumerable<Base> Find(Resource resource) =>
        alternatives.SelectMany(alternative => alternative.Find(resource));

    // Forms: A.b.c | (A.b as Type) | A.b.as(Type) | A.b.ofType(Type) | A.b.where(resolve() is Type)
    [GeneratedRegex(
        """
        ^\(?(?<path>[A-Z]\w+(\.[a-z]\w*(?<!as|ofType|where))+)(( as |\.as\(|\.ofType\()(?<as>\w+)\)|\.where\(resolve\(\) is (?<target>\w+)\))?\)?$
        """, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    private sealed record Alternative(string[] Steps, string As, string Target)
    {
        public IEnumerable<Base> Find(Resource resource)
        {
            IEnumerable<Base> found = [resource];
            foreach (var step in Steps) found = found.SelectMany(parent => Children(parent, step));
            if (As.Length > 0) found = found.Where(value => value.TypeDef.Name == As);
            if (Target.Length > 0) found = found.Where(PointsToTarget);
            return found;
        }

        private bool PointsToTarget(Base value) => value is ResourceReference reference
            && (reference.TryGetLocal(out var type, out _) ? type == Target : reference.Type == Target);

        private static IEnumerable<Base> Children(Base parent, string name)
        {
            foreach (var element in parent.TypeDef.Elements)
            {
                if (element.Name != name) continue;
                return parent.Get(element.Ordinal) switch
                {
                    Base one => [one],
                    IEnumerable many => many.OfType<Base>(),
                    _ => [],
                };
            }

            return [];
        }
    }
}
