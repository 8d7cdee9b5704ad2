using System.Text.Json;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>Reads the value of a member; false where it is of another kind. What it holds is then skipped.</summary>
internal static class CaseValues
{
    public static bool Flag(ref Utf8JsonReader reader, out bool? value)
    {
        value = reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
        return value is not null;
    }

    public static bool Count(ref Utf8JsonReader reader, out int? value)
    {
        value = reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= 0
            ? number
            : null;
        return value is not null;
    }

    public static bool Code<T>(Vocabulary<T> words, ref Utf8JsonReader reader, out T? value) where T : struct
    {
        var isKnown = words.TryRead(ref reader, out var word);
        value = isKnown ? word : null;
        return isKnown;
    }

    public static bool Day(ref Utf8JsonReader reader, out DateOnly? value)
    {
        value = null;
        var text = reader.ValueSpan;
        if (reader.TokenType is not JsonTokenType.String || text is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _]
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..], out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        value = new DateOnly(year, month, day);
        return true;
    }

    /// <param name="found">Used for one case after the other.</param>
    public static bool Scores(
        Vocabulary<string> instruments, List<InstrumentScore> found, ref Utf8JsonReader reader,
        out IReadOnlyList<InstrumentScore>? scores)
    {
        found.Clear();
        var isKnown = Pairs(
            instruments, ref reader, found, static (all, instrument, total) => all.Add(new(instrument, total)));
        scores = isKnown ? found.ToArray() : null;
        return isKnown;
    }

    public static bool Visits(
        Vocabulary<string> methods, ref Utf8JsonReader reader, out IReadOnlyDictionary<string, int>? visits)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        visits = found;
        return Pairs(methods, ref reader, found, static (all, method, used) => all[method] = used);
    }

    /// <param name="words">Each employer as the list of that one alone, which is what most cases have.</param>
    public static bool Employers(
        Vocabulary<string[]> words, ref Utf8JsonReader reader, out IReadOnlyList<string>? employers)
    {
        employers = null;
        if (reader.TokenType is not JsonTokenType.StartArray)
            return false;
        var (isKnown, several) = (true, (List<string>?)null);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (words.TryRead(ref reader, out var one))
            {
                employers = employers is null ? one : several = Join(several ?? [.. employers], one);
            }
            else
            {
                isKnown = false;
                reader.Skip();
            }
        }

        return isKnown;

        static List<string> Join(List<string> all, string[] more)
        {
            all.AddRange(more);
            return all;
        }
    }

    // An object of names with a number each; a collection takes them up to the first that is of no use.
    private static bool Pairs<T>(
        Vocabulary<string> names, ref Utf8JsonReader reader, T found, Action<T, string, int> add)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
            return false;
        var isKnown = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            isKnown &= names.TryRead(ref reader, out var name);
            reader.Read();
            isKnown &= Count(ref reader, out var number);
            reader.Skip();
            if (isKnown) add(found, name, number!.Value);
        }

        return isKnown;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (10 * number) + digit - '0';
        }

        return true;
    }
}
