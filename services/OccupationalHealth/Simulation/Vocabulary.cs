using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>The only words that a member of a case may hold, found by their bytes without making a text of each.</summary>
internal sealed class Vocabulary<T>
{
    // A table in which a word stands at its hash, or behind it where that place is taken; most places are free.
    private readonly (byte[]? Word, T Value)[] table;
    private readonly int longest;

    public Vocabulary(IEnumerable<string> words, Func<string, T> valueOf)
    {
        var all = words.Select(word => (Word: Encoding.UTF8.GetBytes(word), Value: valueOf(word))).ToArray();
        longest = all.Select(one => one.Word.Length).DefaultIfEmpty().Max();
        table = new (byte[]?, T)[BitOperations.RoundUpToPowerOf2((uint)(4 * all.Length) + 1)];
        foreach (var (word, value) in all)
        {
            var place = PlaceOf(word);
            while (table[place].Word is not null) place = (place + 1) & (table.Length - 1);
            table[place] = (word, value);
        }
    }

    /// <summary>False where the token is no text or none of the words.</summary>
    public bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        value = default!;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)
            || reader.ValueSpan.Length > 6 * longest)
            return false;
        if (!reader.ValueIsEscaped)
            return TryFind(reader.ValueSpan, out value);
        Span<byte> text = stackalloc byte[6 * longest];
        return TryFind(text[..reader.CopyString(text)], out value);
    }

    private bool TryFind(ReadOnlySpan<byte> text, out T value)
    {
        for (var place = PlaceOf(text); table[place].Word is { } word; place = (place + 1) & (table.Length - 1))
            if (text.SequenceEqual(word))
            {
                value = table[place].Value;
                return true;
            }

        value = default!;
        return false;
    }

    // By the length, the beginning and the end; the words themselves are compared afterwards.
    private int PlaceOf(ReadOnlySpan<byte> text)
    {
        const ulong odd = 0x9E37_79B9_7F4A_7C15;
        ulong mixed = 0;
        if (text.Length >= sizeof(ulong))
            mixed = (BinaryPrimitives.ReadUInt64LittleEndian(text) * odd)
                ^ BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
        else
            foreach (var letter in text)
                mixed = (mixed << 8) | letter;
        return (int)(((mixed ^ (ulong)text.Length) * odd) >> 40) & (table.Length - 1);
    }
}

internal static class Vocabularies
{
    public static Vocabulary<string> Of(IEnumerable<string> words) => new(words, word => word);

    /// <summary>The codes of an enumeration.</summary>
    public static Vocabulary<T> Of<T>() where T : struct, Enum =>
        new(Enum.GetValues<T>().Select(value => value.Code()), word => Codes.Parse<T>(word)!.Value);
}
