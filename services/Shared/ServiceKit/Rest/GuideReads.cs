using Fhir;
using Fhir.Json;
using Messages.Guide;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceKit.Rest;

/// <summary>
/// Our implementation guide, the same at every base: read and search by <c>url</c> of its profiles, value sets, code
/// systems and messages. It holds no data of persons, so whoever reaches the base may read it.
/// </summary>
public static class GuideReads
{
    private static readonly ILookup<string, Resource> ByType =
        GuideContent.Resources.ToLookup(resource => resource.TypeName);

    /// <summary>The types that the guide has.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ByType.Select(type => type.Key)];

    /// <summary>Adds the routes to a base, at <paramref name="path"/>.</summary>
    public static void Map(RouteGroupBuilder group, string path)
    {
        foreach (var type in Types)
        {
            group.MapGet($"/{type}/{{id}}", (HttpContext context) => Read(context, type));
            group.MapGet($"/{type}", (HttpContext context) => Search(context, type, path));
        }
    }

    private static Task Read(HttpContext context, string type)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return ByType[type].FirstOrDefault(resource => resource.Id == id) is { } found
            ? FhirHttp.Write(context.Response, 200, FhirJson.Write(found), context.RequestAborted)
            : FhirHttp.Refuse(context.Response, Refusal.NotFound($"There is no such {type}."), context.RequestAborted);
    }

    private static Task Search(HttpContext context, string type, string path)
    {
        string[] others = [.. context.Request.Query.Keys.Where(key => key is not ("url" or "_format"))];
        if (others.Length > 0)
            return FhirHttp.Refuse(context.Response, Refusal.BadRequest([.. others.Select(_ => Refusal.Issue(
                IssueType.NotSupported, "", $"A {type} is searched by url."))]), context.RequestAborted);
        string[] urls = [.. context.Request.Query["url"].OfType<string>()];
        Resource[] found = [.. ByType[type].Where(resource => urls.Length == 0 || Answers(resource, urls))];
        var bundle = new Bundle { Type = BundleType.Searchset, Total = found.Length };
        var root = FhirHttp.BaseUrl(context.Request, path);
        bundle.Entry.AddRange(found.Select(resource => new Bundle.EntryComponent
        {
            FullUrl = $"{root}/{type}/{resource.Id}",
            Resource = resource,
            Search = new Bundle.SearchComponent { Mode = SearchEntryMode.Match },
        }));
        return FhirHttp.Write(context.Response, 200, FhirJson.Write(bundle), context.RequestAborted);
    }

    // A comma means "or", a repeated parameter "and".
    private static bool Answers(Resource resource, string[] urls) =>
        urls.All(wanted => wanted.Split(',').Contains(GuideContent.UrlOf(resource), StringComparer.Ordinal));
}
