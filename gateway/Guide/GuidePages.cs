using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fhir;
using Fhir.Json;
using Messages.Guide;
using static Gateway.Guide.GuideFrame;

namespace Gateway.Guide;

/// <summary>The guide as pages to read, made of the same resources that validators read.</summary>
internal static class GuidePages
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All that there is, by kind.</summary>
    public static string Index(string language)
    {
        var page = new GuideFrame(language);
        foreach (var (kind, name) in GuideWords.Kinds)
        {
            page.Heading(name).Add("<ul>");
            foreach (var (id, title, text) in Of(kind))
                page.Add($"<li>{Link($"/ig/{language}/{kind}/{id}", title)} {Text(text)}</li>");
            page.Add("</ul>");
        }

        return page.Page(GuideWords.Title.In(language), "");
    }

    /// <summary>The page of one resource or example; null where there is none.</summary>
    public static string? One(string language, string kind, string id)
    {
        if (Of(kind).FirstOrDefault(one => one.Id == id) is not { Id: not null } found) return null;
        var resource = Find(kind, id)!;
        var page = new GuideFrame(language).Paragraph(found.Text);
        if (GuideContent.UrlOf(resource) is { } url) page.Add($"<p>{Code(url)}</p>");
        switch (resource)
        {
            case StructureDefinition profile when kind != "Example": ProfilePage.Write(page, profile); break;
            case CodeSystem system: CodePages.Write(page, system); break;
            case ValueSet set: CodePages.Write(page, set); break;
            case MessageDefinition message: CallPages.Write(page, message); break;
            case OperationDefinition operation: CallPages.Write(page, operation); break;
            case PlanDefinition plan: CallPages.Write(page, plan); break;
            case SearchParameter parameter: CallPages.Write(page, parameter); break;
            case ConceptMap map: CodePages.Write(page, map); break;
            default: break;
        }

        page.Add($"<details{(kind == "Example" ? " open" : "")}><summary>JSON</summary><pre tabindex=\"0\">"
            + $"{Text(JsonNode.Parse(FhirJson.Write(resource))!.ToJsonString(Indented))}</pre></details>");
        return page.Page(found.Title!, $"/{kind}/{id}");
    }

    /// <summary>A link to what a canonical of ours names, as code; others as they are.</summary>
    public static string Named(GuideFrame page, string? canonical)
    {
        if (canonical is null || GuideContent.Resources.FirstOrDefault(one => GuideContent.UrlOf(one) == canonical) is not { } one)
            return Code(canonical);
        return Link($"/ig/{page.Language}/{KindOf(one)}/{one.Id}", one.Id);
    }

    private static string KindOf(Resource resource) =>
        resource is StructureDefinition { Type: "Extension" } ? "Extension" : resource.TypeName;

    private static Resource? Find(string kind, string id) => kind == "Example"
        ? GuideContent.Examples.FirstOrDefault(example => example.Name == id)?.Resource
        : GuideContent.Resources.FirstOrDefault(one => KindOf(one) == kind && one.Id == id);

    private static IEnumerable<(string Id, string? Title, string? Text)> Of(string kind) => kind == "Example"
        ? GuideContent.Examples.Select(example => (example.Name, (string?)example.Name, (string?)example.Resource.TypeName))
        : GuideContent.Resources.Where(one => KindOf(one) == kind).Select(one => Named(one, GuideContent.TitleOf(one)));

    // Operations are known by what is called.
    private static (string Id, string? Title, string? Text) Named(
        Resource resource, (string? Title, string? Text) title) =>
        (resource.Id!, resource is OperationDefinition operation ? "$" + operation.Code : title.Title, title.Text);
}
