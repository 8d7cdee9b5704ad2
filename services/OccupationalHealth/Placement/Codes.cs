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

    public static string Code(this Enum value) => Naming.ConvertName(value.ToString());

    /// <summary>The value with exactly this code, or null.</summary>
    public static T? Parse<T>(string? code) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (value.Code() == code)
                return value;

        return null;
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
