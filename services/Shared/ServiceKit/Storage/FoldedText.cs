using System.Globalization;
using System.Text;

namespace ServiceKit.Storage;

/// <summary>Strings as search compares them: without case, and without marks except those of Finnish and Swedish letters.</summary>
public static class FoldedText
{
    /// <summary>"Müller" → "muller"; "Hämäläinen" → "hämäläinen": ä, ö and å are letters of their own here.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant().Normalize(NormalizationForm.FormC))
        {
            if (c is 'ä' or 'ö' or 'å' || c < 128)
            {
                result.Append(c);
                continue;
            }

            foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
                if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark) result.Append(part);
        }

        return result.ToString();
    }
}
