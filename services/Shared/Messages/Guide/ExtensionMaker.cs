using Fhir;

namespace Messages.Guide;

/// <summary>Definitions of extensions: where each may stand, and what it holds.</summary>
internal static class ExtensionMaker
{
    /// <summary>An extension with a value.</summary>
    /// <param name="name">Id and last part of the canonical.</param>
    /// <param name="type">Type of the value.</param>
    /// <param name="description">What it tells.</param>
    /// <param name="contexts">Elements that it may stand on: `EpisodeOfCare`, `MeasureReport.group`.</param>
    public static StructureDefinition Value(string name, string type, string description, params string[] contexts) =>
        Of(name, description, contexts).None("extension").Min("url", 1).Fixed("url", Url(name))
            .Min("value[x]", 1).Type("value[x]", type).Make();

    /// <summary>The same, with a code of a value set of ours.</summary>
    public static StructureDefinition Code(
        string name, string type, string valueSet, string description, params string[] contexts) =>
        Of(name, description, contexts).None("extension").Min("url", 1).Fixed("url", Url(name))
            .Min("value[x]", 1).Type("value[x]", type).Bound("value[x]", valueSet).Make();

    /// <summary>An extension of parts.</summary>
    public static StructureDefinition Parts(
        string name, string description, string[] contexts, params ExtensionPart[] parts)
    {
        var made = Of(name, description, contexts).SlicedByValue("extension", "url", SlicingRules.Closed);
        foreach (var part in parts)
        {
            var slice = $"extension:{part.Name}";
            made.Min(slice, part.IsNeeded ? 1 : 0).Max(slice, part.IsMany ? "*" : "1").None(slice + ".extension")
                .Fixed(slice + ".url", new FhirUri(part.Name))
                .Min(slice + ".value[x]", 1).Type(slice + ".value[x]", part.Type);
        }

        return made.Fixed("url", Url(name)).None("value[x]").Make();
    }

    private static ProfileMaker Of(string name, string description, string[] contexts) =>
        new ProfileMaker(name, "Extension", description).StandsOn(contexts);

    private static FhirUri Url(string name) => new(Canonicals.StructureDefinition(name));
}

/// <summary>A part of an extension: its url, and the type of its value.</summary>
internal sealed record ExtensionPart(string Name, string Type, bool IsNeeded = true, bool IsMany = false);
