using System.Collections;
using System.Text.RegularExpressions;
using Fhir;

namespace ServiceKit.Storage;

/// <summary>
/// A path to the values of a search parameter: dotted element names, alternatives joined by <c>|</c>, a choice narrowed by
/// <c>as</c> or <c>ofType</c>, references narrowed by <c>where(resolve() is Type)</c>, and what has an element of a given
/// code, <c>where(system='phone')</c>. Nearly all search expressions of R4 are of this form; parameters with any other are
/// not indexed.
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
            result.Add(new Alternative(
                steps[1..], match.Groups["as"].Value, match.Groups["target"].Value, match.Groups["name"].Value,
                match.Groups["code"].Value));
        }

        return result.Count == 0 ? null : new IndexPath(result);
    }

    /// <summary>All values, in the order of the resource.</summary>
    public IEnumerable<FoundValue> Find(Resource resource) =>
        alternatives.SelectMany(alternative => alternative.Find(resource));

    // Forms: A.b.c | (A.b as Type) | A.b.as(Type) | A.b.ofType(Type) | A.b.where(resolve() is Type) | A.b.where(c='d')
    [GeneratedRegex(
        """
        ^\(?(?<path>[A-Z]\w+(\.[a-z]\w*(?<!as|ofType|where))+)(( as |\.as\(|\.ofType\()(?<as>\w+)\)|\.where\(resolve\(\) is (?<target>\w+)\)|\.where\((?<name>[a-z]\w*)='(?<code>[a-z-]+)'\))?\)?$
        """, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    private sealed record Alternative(string[] Steps, string As, string Target, string Name, string Code)
    {
        public IEnumerable<FoundValue> Find(Resource resource)
        {
            IEnumerable<FoundValue> found = [new FoundValue(resource, null)];
            foreach (var step in Steps) found = found.SelectMany(parent => Children(parent.Value, step));
            if (As.Length > 0) found = found.Where(child => child.Value.TypeDef.Name == As);
            if (Target.Length > 0) found = found.Where(child => PointsToTarget(child.Value));
            if (Name.Length > 0) found = found.Where(child => HasCode(child.Value));
            return found;
        }

        private bool PointsToTarget(Base value) => value is ResourceReference reference
            && (reference.TryGetLocal(out var type, out _) ? type == Target : reference.Type == Target);

        private bool HasCode(Base value) =>
            Children(value, Name).Any(child => child.Value is PrimitiveType { Text: { } text } && text == Code);

        private static IEnumerable<FoundValue> Children(Base parent, string name)
        {
            if (parent.TypeDef.Element(name) is not { } element) return [];
            return parent.Get(element.Ordinal) switch
            {
                Base one => [new FoundValue(one, element.RequiredCodes)],
                IEnumerable many => many.OfType<Base>().Select(one => new FoundValue(one, element.RequiredCodes)),
                _ => [],
            };
        }
    }
}

/// <summary>A value of a search parameter, with the closed set of codes that its element is bound to, if any.</summary>
public readonly record struct FoundValue(Base Value, CodeList? Codes);
