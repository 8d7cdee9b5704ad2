using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace OccupationalHealth.Simulation;

/// <summary>Tells which of some words a JSON token is, by its bytes: no text is made of it.</summary>
internal sealed class Words
{
    // A word stands at its hash, or behind it where that place is taken; most places are free.
    private readonly (byte[]? Word, int Number)[] table;
    private readonly int longest;

    public Words(IReadOnlyList<string> words)
    {
        longest = words.Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty().Max();
        table = new (byte[]?, int)[BitOperations.RoundUpToPowerOf2((uint)(4 * words.Count) + 1)];
        for (var number = 0; number < words.Count; number++)
        {
            var word = Encoding.UTF8.GetBytes(words[number]);
            var place = PlaceOf(word);
            while (table[place].Word is not null) place = Next(place);
            table[place] = (word, number);
        }
    }

    /// <summary>The number of the word; -1 where the token is no text or none of the words.</summary>
    public int Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return -1;
        if (!reader.ValueIsEscaped)
            return Find(reader.ValueSpan);
        // Escaped, a sign has at most six times as many bytes.
        if (reader.ValueSpan.Length > 6 * longest)
            return -1;
        Span<byte> text = stackalloc byte[6 * longest];
        return Find(text[..reader.CopyString(text)]);
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        for (var place = PlaceOf(text); table[place].Word is { } word; place = Next(place))
            if (text.SequenceEqual(word))
                return table[place].Number;
        return -1;
    }

    private int Next(int place) => (place + 1) & (table.Length - 1);

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
