using System.Text;

namespace OccupationalHealth;

/// <summary>Answers that are no resource: tables and pictures, in UTF-8.</summary>
internal static class FileAnswers
{
    public const string Csv = "text/csv", Svg = "image/svg+xml";

    public static Task Write(HttpContext context, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.ContentLanguage = Languages.Of(context.Request).ToString().ToLowerInvariant();
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
