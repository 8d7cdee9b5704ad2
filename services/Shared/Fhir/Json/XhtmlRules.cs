using System.Collections.Frozen;

namespace Fhir.Json;

/// <summary>The elements and attributes of HL7's fhir-xhtml.xsd, and what their values may refer to.</summary>
internal static class XhtmlRules
{
    public const string Namespace = "http://www.w3.org/1999/xhtml";

    private static readonly FrozenSet<string> Common =
        Set("class id style title lang xml:lang dir xmlns accesskey tabindex");

    private static readonly FrozenSet<string> Cell = Set(
        "abbr axis headers scope rowspan colspan align char charoff valign width height nowrap bgcolor");

    private static readonly FrozenSet<string> Column = Set("span width align char charoff valign");
    private static readonly FrozenSet<string> Aligned = Set("align char charoff valign bgcolor");
    private static readonly FrozenSet<string> None = Set("");

    private static readonly FrozenDictionary<string, FrozenSet<string>> Elements = Build();

    // Where a browser goes only when a person clicks, and where it goes by itself.
    private static readonly FrozenSet<string> Links = Set("href cite longdesc usemap");
    private static readonly string[] LinkSchemes = ["http", "https", "mailto", "tel", "urn"];
    private static readonly string[] ImageTypes =
        ["data:image/png", "data:image/gif", "data:image/jpeg", "data:image/jpg", "data:image/bmp"];

    private static readonly string[] ForbiddenInStyle =
        ["\\", "@import", "expression(", "image-set(", "src(", "behavior:", "-moz-binding", "javascript:"];

    public static bool Allows(string element) => Elements.ContainsKey(element);

    public static bool Allows(string element, string attribute) =>
        Common.Contains(attribute) || Elements[element].Contains(attribute);

    /// <summary>What is wrong with the value of an allowed attribute.</summary>
    public static string? Fault(string element, string attribute, string value) => attribute switch
    {
        "xmlns" => value == Namespace ? null : $"must have the namespace {Namespace}",
        "style" => IsHarmlessStyle(value) ? null : "has a style that fetches or runs something",
        "src" => IsLocal(value) ? null : $"has an external source in {element}",
        _ when Links.Contains(attribute) => IsHarmlessLink(value) ? null : "has a link that is not allowed",
        _ => null,
    };

    /// <summary>Names are quoted only when they look like names of HTML.</summary>
    public static string Quote(string name) =>
        name.Length is > 0 and <= 12 && name.All(char.IsAsciiLetterLower) ? $" ({name})" : "";

    private static bool IsHarmlessLink(string value) => Scheme(Compact(value)) is not { } scheme
        || LinkSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase);

    private static bool IsLocal(string value)
    {
        var url = Compact(value).Trim('"', '\'');
        if (Scheme(url) is not null)
            return ImageTypes.Any(t => url.StartsWith(t, StringComparison.OrdinalIgnoreCase));
        // A browser takes both // and \\ for the start of another host.
        return !(url.Length > 1 && url[0] is '/' or '\\' && url.Length > 1 && url[1] is '/' or '\\');
    }

    private static bool IsHarmlessStyle(string value)
    {
        if (ForbiddenInStyle.Any(f => value.Contains(f, StringComparison.OrdinalIgnoreCase))) return false;
        for (var at = 0; (at = value.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase)) >= 0; at += 4)
        {
            var end = value.IndexOf(')', at);
            if (end < 0 || !IsLocal(value[(at + 4)..end])) return false;
        }
        return true;
    }

    private static string? Scheme(string url)
    {
        var end = url.AsSpan().IndexOfAny(":/?#");
        return end >= 0 && url[end] == ':' ? url[..end] : null;
    }

    // Browsers skip control characters and blanks when they look for the scheme.
    private static string Compact(string value) => string.Concat(value.Where(c => c > ' '));

    private static FrozenDictionary<string, FrozenSet<string>> Build()
    {
        var allowed = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
        {
            ["a"] = Set("href name charset type hreflang rel rev shape coords"),
            ["img"] = Set("src alt longdesc height width usemap ismap border align"),
            ["map"] = Set("name"),
            ["area"] = Set("shape coords href nohref alt"),
            ["table"] = Set("summary width border frame rules cellspacing cellpadding bgcolor align"),
            ["tr"] = Aligned,
            ["thead"] = Aligned,
            ["tbody"] = Aligned,
            ["tfoot"] = Aligned,
            ["td"] = Cell,
            ["th"] = Cell,
            ["col"] = Column,
            ["colgroup"] = Column,
            ["blockquote"] = Set("cite"),
            ["q"] = Set("cite"),
            ["ins"] = Set("cite datetime"),
            ["del"] = Set("cite datetime"),
            ["ol"] = Set("start type"),
            ["li"] = Set("value"),
            ["pre"] = Set("xml:space"),
        };
        const string Plain = "div p br span h1 h2 h3 h4 h5 h6 b em i strong small big tt dfn code var abbr acronym "
            + "cite hr address bdo kbd sub sup ul dl dt dd caption samp";
        foreach (var name in Plain.Split(' ')) allowed[name] = None;
        return allowed.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Set(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
