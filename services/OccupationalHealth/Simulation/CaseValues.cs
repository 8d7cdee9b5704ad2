using System.Buffers.Text;
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

    public static bool Scores(
        Vocabulary<string> instruments, ref Utf8JsonReader reader, out IReadOnlyList<InstrumentScore> scores)
    {
        List<InstrumentScore> found = [];
        scores = found;
        if (reader.TokenType is not JsonTokenType.StartObject)
            return false;
        var isKnown = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            isKnown &= Pair(instruments, ref reader, out var instrument, out var total);
            if (isKnown) found.Add(new(instrument, total));
        }

        return isKnown;
    }

    public static bool Visits(
        Vocabulary<string> methods, ref Utf8JsonReader reader, out IReadOnlyDictionary<string, int>? visits)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        visits = found;
        if (reader.TokenType is not JsonTokenType.StartObject)
            return false;
        var isKnown = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            isKnown &= Pair(methods, ref reader, out var method, out var used);
            if (isKnown) found[method] = used;
        }

        return isKnown;
    }

    public static bool Texts(Vocabulary<string> words, ref Utf8JsonReader reader, out IReadOnlyList<string> texts)
    {
        List<string> found = new(1);
        texts = found;
        if (reader.TokenType is not JsonTokenType.StartArray)
            return false;
        var isKnown = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (words.TryRead(ref reader, out var word)) found.Add(word);
            else isKnown = false;
            reader.Skip();
        }

        return isKnown;
    }

    private static bool Pair(Vocabulary<string> names, ref Utf8JsonReader reader, out string name, out int number)
    {
        var isKnown = names.TryRead(ref reader, out name);
        reader.Read();
        isKnown &= Count(ref reader, out var value);
        reader.Skip();
        number = value ?? 0;
        return isKnown;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var read, 'D') && read == text.Length && text[0] is >= (byte)'0';
}
