using System.Text.RegularExpressions;

namespace ServiceKit.Storage;

/// <summary>
/// Knows the shape of a Finnish personal identity code, DDMMYYCZZZQ with the century signs of the decree of 2023. The
/// check character is not looked at: a mistyped code tells who is meant as well.
/// </summary>
public static partial class IdentityCodes
{
    /// <summary>Whether such a code stands anywhere in a text. Parts of a longer word, such as a UUID, are none.</summary>
    public static bool AreIn(string text) => text.Length >= 11 && Shape().IsMatch(text);

    [GeneratedRegex(
        @"(?<![0-9A-Za-z\-])(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}"
        + @"[+\-A-FU-Ya-fu-y][0-9]{3}[0-9A-Ya-y](?![0-9A-Za-z\-])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
