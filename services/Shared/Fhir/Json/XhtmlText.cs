using System.Globalization;
using System.Text;

namespace Fhir.Json;

/// <summary>Character data of XML: the five entities that XML itself has, and numbered characters.</summary>
internal static class XhtmlText
{
    /// <summary>The text with its entities resolved; null when it has what XML does not allow.</summary>
    public static string? Decode(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        while (text.Length > 0)
        {
            var plain = text.IndexOf('&');
            if (plain < 0) plain = text.Length;
            if (!IsXml(text[..plain])) return null;
            result.Append(text[..plain]);
            text = text[plain..];
            if (text.Length == 0) break;
            var end = text.IndexOf(';');
            if (end < 0 || Entity(text[1..end]) is not { } character) return null;
            result.Append(character.ToString());
            text = text[(end + 1)..];
        }
        return result.ToString();
    }

    public static bool IsFaulty(ReadOnlySpan<char> text) => text.Contains('&')
        ? Decode(text) is null
        : !IsXml(text) || text.Contains("]]>", StringComparison.Ordinal);

    private static Rune? Entity(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "amp": return new('&');
            case "lt": return new('<');
            case "gt": return new('>');
            case "quot": return new('"');
            case "apos": return new('\'');
        }
        if (name is not ['#', .. var digits]) return null;
        var ok = digits is ['x', .. var hex]
            ? int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        return ok && Rune.IsValid(code) && (code >= ' ' || code is '\t' or '\n' or '\r') ? new Rune(code) : null;
    }

    private static bool IsXml(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c is not ('\t' or '\n' or '\r') || c >= '\uFFFE') return false;
        }
        return true;
    }
}
