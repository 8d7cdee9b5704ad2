using System.Collections;

namespace Fhir.Validation;

/// <summary>What a slice says at the path of a discriminator.</summary>
/// <param name="Element">The element there, or null when the slice says nothing of it.</param>
/// <param name="Expected">Parts of patterns that stand further up and reach to the path.</param>
/// <param name="IsResolved">The path goes on to what a reference points to.</param>
internal readonly record struct DiscriminatorTarget(ProfileElement? Element, List<Base> Expected, bool IsResolved)
{
    private const string ByUrl = "url";

    /// <summary>The targets of a path; more than one where the path leads through slices.</summary>
    public static List<DiscriminatorTarget> Of(ProfileElement slice, string path, ProfileRegistry registry)
    {
        List<DiscriminatorTarget> found = [new(slice, [.. slice.Fixed, .. slice.Patterns], false)];
        foreach (var step in Steps(path))
        {
            found = [.. found.SelectMany(t => t.Step(step, registry))];
        }
        return found;
    }

    /// <summary>Whether one of the values is what the slice demands; null when it demands nothing.</summary>
    public bool? HasValue(List<Base> values, ProfileRegistry registry)
    {
        var expected = Expected;
        if (expected.Count > 0) return expected.TrueForAll(e => values.Exists(v => Patterns.Matches(v, e)));
        if (Element is not { } element) return null;
        if (element.ValueSet is { } set)
            return registry.Codes(set) is { } codes ? values.Exists(codes.Holds) : null;
        return Decides(element) ? values.Exists(v => Fits(element, v)) : null;
    }

    // `coding.system`, `extension('url').value`, `ofType(Coding)`, `resolve()`; dots in brackets do not divide.
    private static IEnumerable<string> Steps(string path)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] is '(' or ')') depth += path[i] == '(' ? 1 : -1;
            if (i < path.Length && (path[i] != '.' || depth > 0)) continue;
            if (path[start..i] is not ("$this" or "")) yield return path[start..i];
            start = i + 1;
        }
    }

    private IEnumerable<DiscriminatorTarget> Step(string step, ProfileRegistry registry)
    {
        if (step.StartsWith("ofType(", StringComparison.Ordinal)) return [this];
        if (step == "resolve()") return [this with { IsResolved = true }];
        if (step.StartsWith("extension(", StringComparison.Ordinal))
        {
            var url = step["extension(".Length..^1].Trim('\'', '"');
            return Children("extension", registry).Where(c => UrlOf(c, registry) == url)
                .Select(c => new DiscriminatorTarget(c, [.. c.Fixed, .. c.Patterns], false));
        }
        var expected = Expected.SelectMany(e => ValuesOf(e, step)).ToList();
        DiscriminatorTarget[] found = [.. Children(step, registry).Select(c =>
            new DiscriminatorTarget(c, [.. expected, .. c.Fixed, .. c.Patterns], false))];
        if (found.Length > 0) return found;
        return Element is { } e && step == ByUrl && UrlOf(e, registry) is { } canonical
            ? [new(null, [new FhirUri(canonical)], false)]
            : [new(null, expected, false)];
    }

    // The element of that name and its slices, here or in the only profile of the type.
    private IEnumerable<ProfileElement> Children(string name, ProfileRegistry registry)
    {
        var element = Element;
        if (element is null) return [];
        var own = element.Children.Where(c => c.Name == name).SelectMany(WithSlices).ToArray();
        if (element.Types is not [var type] || (own.Length > 0 && !IsResolved)) return own;
        if ((IsResolved ? type.Targets : type.Profiles) is not [var profile]) return IsResolved ? [] : own;
        return registry.Find(profile)?.Root.Children.Where(c => c.Name == name).SelectMany(WithSlices) ?? [];
    }

    private static IEnumerable<ProfileElement> WithSlices(ProfileElement element) =>
        (element.Slicing?.Slices ?? []).Where(s => s.Min > 0 || s.Max == 0).Prepend(element);

    // The URL of an extension is its definition's canonical.
    private static string? UrlOf(ProfileElement element, ProfileRegistry registry)
    {
        if (element.Types is [{ Code: "Extension", Profiles: [var profile] }])
            return (registry.StructureDefinition(profile)?.Url ?? profile).Split('|')[0];
        var url = Array.Find(element.Children, c => c.Name == ByUrl);
        return ((url?.Fixed.FirstOrDefault() ?? url?.Patterns.FirstOrDefault()) as PrimitiveType)?.Text;
    }

    private static IEnumerable<Base> ValuesOf(Base item, string name) =>
        item.TypeDef.Element(name) is not { } element ? [] : item.Get(element.Ordinal) switch
        {
            null => [],
            IList list => list.Cast<Base>(),
            var value => [(Base)value],
        };

    private static bool Decides(ProfileElement element) =>
        element.Fixed.Length > 0 || element.Patterns.Length > 0 || element.Children.Any(Decides);

    private static bool Fits(ProfileElement element, Base value) =>
        element.Fixed.All(f => Patterns.IsFixed(value, f)) && element.Patterns.All(p => Patterns.Matches(value, p))
        && element.Children.Where(Decides).All(c => ValuesOf(value, c.Name).Any(v => Fits(c, v)));
}
