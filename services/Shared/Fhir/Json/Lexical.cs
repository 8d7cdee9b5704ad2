using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Fhir.Json;

/// <summary>R4's lexical forms of the primitive types, http://hl7.org/fhir/R4/datatypes.html#primitive.</summary>
public static class Lexical
{
    private const int LongestString = 1024 * 1024;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    // Everything below a space but tab, line feed and carriage return.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r'))]);

    // All that char.IsWhiteSpace takes for blank.
    private static readonly SearchValues<char> Blanks = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(char.IsWhiteSpace)]);

    private static readonly SearchValues<char> ForbiddenOrBlank = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c)
            .Where(c => char.IsWhiteSpace(c) || (c < ' ' && c is not ('\t' or '\n' or '\r')))]);

    /// <summary>What is wrong with the text, in terms of the expected form; null when nothing is.</summary>
    public static string? Fault(PrimitiveKind kind, string text) => kind switch
    {
        PrimitiveKind.String or PrimitiveKind.Markdown => StringFault(text),
        PrimitiveKind.XHtml => Xhtml.Fault(text),
        PrimitiveKind.Boolean => text is "true" or "false" ? null : "must be true or false",
        PrimitiveKind.Integer => Expect(IsInt(text) && text != "-0", "a whole number of 32 bits"),
        PrimitiveKind.PositiveInt => Expect(IsInt(text) && text[0] is not ('-' or '0'), "1 to 2147483647"),
        PrimitiveKind.UnsignedInt => Expect(IsInt(text) && text[0] != '-', "0 to 2147483647"),
        PrimitiveKind.Decimal => null, // the same form as JSON's numbers
        PrimitiveKind.Uri or PrimitiveKind.Url or PrimitiveKind.Canonical =>
            Expect(text.Length > 0 && !text.AsSpan().ContainsAny(ForbiddenOrBlank), "a URI without whitespace"),
        PrimitiveKind.Oid => Expect(IsOid(text), "urn:oid: and an OID"),
        PrimitiveKind.Uuid => Expect(IsUuid(text), "urn:uuid: and a UUID in lower case"),
        PrimitiveKind.Code => Expect(IsCode(text), "a code without leading, trailing or double whitespace"),
        PrimitiveKind.Id => Expect(IsId(text), "1 to 64 of A-Z a-z 0-9 - ."),
        PrimitiveKind.Date => Expect(DateText.Parse(text) is { HasTime: false }, "YYYY, YYYY-MM or YYYY-MM-DD"),
        PrimitiveKind.DateTime => Expect(DateText.Parse(text) is not null,
            "YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[.fff] with Z or ±hh:mm"),
        PrimitiveKind.Instant => Expect(DateText.Parse(text) is { HasTime: true },
            "YYYY-MM-DDThh:mm:ss[.fff] with Z or ±hh:mm"),
        PrimitiveKind.Time => Expect(
            DateText.Time(text, out _, out _, out var used) && used == text.Length, "hh:mm:ss[.fff]"),
        PrimitiveKind.Base64Binary => Expect(text.Length > 0 && Base64.IsValid(text, out var bytes) && bytes > 0,
            "Base64"),
        _ => null,
    };

    /// <summary>True when there is whitespace anywhere.</summary>
    internal static bool HasBlank(string text) => text.AsSpan().ContainsAny(Blanks);

    /// <summary>True for a logical id.</summary>
    public static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 64 && !text.ContainsAnyExcept(IdCharacters);

    private static string? Expect(bool ok, string form) => ok ? null : "must be " + form;

    private static string? StringFault(string text)
    {
        if (text.AsSpan().IsWhiteSpace()) return "must have at least one visible character";
        if (text.Length > LongestString) return "is longer than 1 MB";
        return text.AsSpan().ContainsAny(Forbidden) ? "has a control character" : null;
    }

    private static bool IsInt(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsBlank(char c) => char.IsWhiteSpace(c);

    private static bool IsCode(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAny(ForbiddenOrBlank)) return true;
        if (text.Length == 0 || IsBlank(text[0]) || IsBlank(text[^1])) return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (IsBlank(text[i]) && IsBlank(text[i - 1])) return false;
        }
        return !text.AsSpan().ContainsAny(Forbidden);
    }

    private static bool IsOid(string text)
    {
        if (!text.StartsWith("urn:oid:", StringComparison.Ordinal)) return false;
        var arcs = text["urn:oid:".Length..].Split('.');
        return arcs is ["0" or "1" or "2", _, ..] && arcs.All(IsArc);

        static bool IsArc(string arc) =>
            arc == "0" || (arc.Length > 0 && arc[0] != '0' && arc.All(char.IsAsciiDigit));
    }

    private static bool IsUuid(string text) =>
        text.StartsWith("urn:uuid:", StringComparison.Ordinal)
        && Guid.TryParseExact(text.AsSpan("urn:uuid:".Length), "D", out _)
        && !text.AsSpan("urn:uuid:".Length).ContainsAnyInRange('A', 'Z');
}
