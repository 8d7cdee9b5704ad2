using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Fhir.Json;

/// <summary>Strings of the reader: those that recur are made once.</summary>
internal static class JsonStrings
{
    private const int LongestCached = 64;
    private static readonly string?[] Cache = new string?[2048];

    /// <summary>The present string; null when it holds half of a surrogate pair, which no text can.</summary>
    public static string? Read(ref Utf8JsonReader reader, bool recurs)
    {
        if (reader.ValueIsEscaped) return HasLoneSurrogate(reader.ValueSpan) ? null : reader.GetString();
        return recurs ? Cached(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);
    }

    /// <summary>A string of that text, the same one as last time when it is short ASCII.</summary>
    public static string Cached(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestCached) return Encoding.UTF8.GetString(utf8);
        ref var slot = ref Cache[Hash(utf8) % (uint)Cache.Length];
        var known = slot;
        if (known is not null && Ascii.Equals(utf8, known)) return known;
        return slot = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>A hash of short texts, eight bytes at a time.</summary>
    public static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Factor;
        while (text.Length > 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * Factor;
            hash ^= hash >> 32;
            text = text[8..];
        }
        ulong rest = 0;
        foreach (var b in text) rest = (rest << 8) | b;
        hash = (hash ^ rest) * Factor;
        return (uint)(hash >> 32);
    }

    /// <summary>Looks for `\ud800` to `\udfff` that do not come as a pair; raw, they are no UTF-8 at all.</summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\') continue;
            if (escaped[++i] != 'u') continue;
            var unit = Unit(escaped, i + 1);
            i += 4;
            if (char.IsLowSurrogate(unit)) return true;
            if (!char.IsHighSurrogate(unit)) continue;
            var next = escaped[(i + 1)..];
            if (next.Length < 6 || next[0] != '\\' || next[1] != 'u' || !char.IsLowSurrogate(Unit(next, 2)))
                return true;
            i += 6;
        }
        return false;
    }

    // The JSON reader has seen to it that four hexadecimal digits follow.
    private static char Unit(ReadOnlySpan<byte> text, int start)
    {
        var unit = 0;
        for (var i = start; i < start + 4; i++) unit = unit * 16 + HexValue(text[i]);
        return (char)unit;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
