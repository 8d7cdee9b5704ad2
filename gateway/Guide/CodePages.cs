using Fhir;
using static Gateway.Guide.GuideFrame;

namespace Gateway.Guide;

/// <summary>Codes with their names in the three languages, as far as there are names.</summary>
internal static class CodePages
{
    public static void Write(GuideFrame page, CodeSystem system)
    {
        if (system.Content is CodeSystemContentMode.NotPresent) page.Paragraph(GuideWords.NotListed.In(page.Language));
        if (system.Content is CodeSystemContentMode.Fragment) page.Paragraph(GuideWords.Fragment.In(page.Language));
        var isNamed = system.Concept.Exists(concept => concept.Display is not null);
        page.Table(
            GuideWords.Code,
            isNamed
                ? [GuideWords.Code, GuideWords.Finnish, GuideWords.Swedish, GuideWords.English]
                : [GuideWords.Code],
            system.Concept.Select(concept => isNamed
                ? [Code(concept.Code), In(concept, "fi"), In(concept, "sv"), Text(concept.Display)]
                : (string[])[Code(concept.Code)]));
    }

    public static void Write(GuideFrame page, ValueSet set) => page.Table(
        GuideWords.Code, [GuideWords.CodeSystem, GuideWords.Code],
        set.Compose!.Include.Select(include => (string[])
        [
            GuidePages.Named(page, include.System),
            string.Join(", ", include.Concept.Select(concept => Code(concept.Code))),
        ]));

    public static void Write(GuideFrame page, ConceptMap map)
    {
        foreach (var group in map.Group)
            page.Table(
                GuideWords.Code, [GuideWords.Code, GuideWords.Code],
                group.Element.Select(element => (string[])
                [
                    $"{GuidePages.Named(page, group.Source)} {Code(element.Code)}",
                    string.Join(", ", element.Target.Select(
                        target => $"{GuidePages.Named(page, group.Target)} {Code(target.Code)}")),
                ]));
    }

    private static string In(CodeSystem.ConceptDefinitionComponent concept, string language) =>
        $"<span lang=\"{language}\">{Text(concept.Designation.Find(one => one.Language == language)?.Value)}</span>";
}
