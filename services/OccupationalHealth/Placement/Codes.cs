using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace OccupationalHealth.Placement;

/// <summary>
/// The codes of our enumerations in messages and rules: <c>RegionPrimaryCare</c> is <c>region-primary-care</c>,
/// <c>Level2</c> is <c>level-2</c>.
/// </summary>
public static class Codes
{
    public static readonly JsonNamingPolicy Naming = new Hyphens();

    public static string Code<T>(this T value) where T : struct, Enum => Of<T>.Codes[value];

    /// <summary>The value with exactly this code, or null.</summary>
    public static T? Parse<T>(string? code) where T : struct, Enum =>
        code is not null && Of<T>.Values.TryGetValue(code, out var value) ? value : null;

    private static class Of<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Codes =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => Naming.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> Values =
            Codes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    private sealed class Hyphens : JsonNamingPolicy
    {
        public override string ConvertName(string name)
        {
            var code = new StringBuilder();
            foreach (var letter in name)
            {
                if (code.Length > 0 && !char.IsAsciiLetterLower(letter))
                    code.Append('-');
                code.Append(char.ToLowerInvariant(letter));
            }

            return code.ToString();
        }
    }
}
