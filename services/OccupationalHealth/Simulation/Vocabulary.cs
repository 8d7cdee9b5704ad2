using System.Text.Json;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>The only words that a member of a case may hold, and what each stands for.</summary>
internal sealed class Vocabulary<T>(IReadOnlyList<string> words, Func<string, T> valueOf)
{
    private readonly Words known = new(words);
    private readonly T[] values = [.. words.Select(valueOf)];

    /// <summary>False where the token is no text or none of the words.</summary>
    public bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        var number = known.Read(ref reader);
        value = number < 0 ? default! : values[number];
        return number >= 0;
    }
}

internal static class Vocabularies
{
    public static Vocabulary<string> Of(IEnumerable<string> words) => new([.. words], word => word);

    /// <summary>The codes of an enumeration.</summary>
    public static Vocabulary<T> Of<T>() where T : struct, Enum =>
        new([.. Enum.GetValues<T>().Select(value => value.Code())], word => Codes.Parse<T>(word)!.Value);
}
