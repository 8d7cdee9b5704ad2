using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/#additional-string-functions; an unknown form gives nothing.</summary>
internal static class EncodingFunctions
{
    public static readonly Function[] All =
    [
        StringFunctions.With("encode", Encode),
        StringFunctions.With("decode", Decode),
        StringFunctions.With("escape", (text, form) => form switch
        {
            "html" => WebUtility.HtmlEncode(text),
            "json" => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
            _ => null,
        }),
        StringFunctions.With("unescape", (text, form) => form switch
        {
            "html" => WebUtility.HtmlDecode(text),
            "json" => FromJson(text),
            _ => null,
        }),
    ];

    private static string? Encode(string text, string form)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return form switch
        {
            "base64" => Convert.ToBase64String(bytes),
            "urlbase64" => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_'),
            "hex" => Convert.ToHexStringLower(bytes),
            _ => null,
        };
    }

    private static string? Decode(string text, string form)
    {
        try
        {
            return form switch
            {
                "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(text)),
                "urlbase64" =>
                    Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'))),
                "hex" => Encoding.UTF8.GetString(Convert.FromHexString(text)),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? FromJson(string text)
    {
        // Quotes that stand alone are content; all others are escaped already.
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted.Append('\\');
            quoted.Append(text[i]);
            if (text[i] == '\\' && i + 1 < text.Length) quoted.Append(text[++i]);
        }
        try
        {
            return JsonElement.Parse(quoted.Append('"').ToString()).GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
