using System.Collections.Concurrent;
using Gateway.Limits;
using Messages.Guide;
using Microsoft.Net.Http.Headers;

namespace Gateway.Guide;

/// <summary>
/// Our implementation guide for anybody, since it is what a client is built against: as a package, and as pages in
/// Finnish, Swedish and English without any script.
/// </summary>
public static class GuideModule
{
    // As many as there are resources, in three languages; each is made when it is first read.
    private static readonly ConcurrentDictionary<(string Language, string Kind, string Id), string?> Pages = new();

    public static void MapGuide(this WebApplication app)
    {
        var guide = app.MapGroup("/ig").RequireRateLimiting(CallerRateLimit.Policy);
        guide.MapGet("/package.tgz", () => Results.Bytes(
            GuidePackage.Bytes, "application/gzip", $"{GuideContent.PackageId}-{GuideContent.Version}.tgz"));
        guide.MapGet("/guide.css", () => Results.Text(GuideFrame.Style, "text/css"));
        guide.MapGet("", (HttpContext context) => Results.Redirect($"/ig/{LanguageOf(context.Request)}"));
        guide.MapGet("/{language:regex(^(fi|sv|en)$)}", (HttpContext context, string language) =>
            Page(context, Pages.GetOrAdd((language, "", ""), _ => GuidePages.Index(language))));
        guide.MapGet("/{language:regex(^(fi|sv|en)$)}/{kind}/{id}", (
            HttpContext context, string language, string kind, string id) =>
            Page(context, Pages.GetValueOrDefault((language, kind, id)) ?? Made(language, kind, id)));
    }

    // What is not there is not kept: anybody may ask for anything.
    private static string? Made(string language, string kind, string id)
    {
        if (GuidePages.One(language, kind, id) is not { } page) return null;
        return Pages[(language, kind, id)] = page;
    }

    private static IResult Page(HttpContext context, string? page)
    {
        if (page is null) return Results.NotFound();
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return Results.Text(page, "text/html; charset=utf-8");
    }

    private static string LanguageOf(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(one => one.Quality ?? 1).Select(one => one.Value.Value?.Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(one => Array.Exists(GuideWords.Languages, known => known.Code == one)) ?? "fi";
}
