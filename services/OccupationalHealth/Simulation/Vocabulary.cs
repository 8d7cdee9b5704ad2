using System.Text;
using System.Text.Json;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>The only words that a member of a case may hold, found without making a text of each.</summary>
internal sealed class Vocabulary<T>
{
    /// <summary>Up to so many are compared one by one, which is faster than to look them up.</summary>
    private const int Few = 6;

    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> values;
    private readonly (byte[] Word, T Value)[] few;
    private readonly int longest;

    public Vocabulary(IEnumerable<string> words, Func<string, T> valueOf)
    {
        var all = words.ToDictionary(word => word, valueOf, StringComparer.Ordinal);
        longest = all.Keys.Select(word => word.Length).DefaultIfEmpty().Max();
        values = all.GetAlternateLookup<ReadOnlySpan<char>>();
        few = all.Count > Few ? [] : [.. all.Select(one => (Encoding.UTF8.GetBytes(one.Key), one.Value))];
    }

    /// <summary>False where the token is no text or none of the words.</summary>
    public bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        value = default!;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)
            || reader.ValueSpan.Length > 6 * longest)
            return false;
        foreach (var (word, known) in few)
            if (reader.ValueTextEquals(word))
            {
                value = known;
                return true;
            }

        if (few.Length > 0)
            return false;
        Span<char> text = stackalloc char[6 * longest];
        return values.TryGetValue(text[..reader.CopyString(text)], out value!);
    }
}

internal static class Vocabularies
{
    public static Vocabulary<string> Of(IEnumerable<string> words) => new(words, word => word);

    /// <summary>The codes of an enumeration.</summary>
    public static Vocabulary<T> Of<T>() where T : struct, Enum =>
        new(Enum.GetValues<T>().Select(value => value.Code()), word => Codes.Parse<T>(word)!.Value);
}
