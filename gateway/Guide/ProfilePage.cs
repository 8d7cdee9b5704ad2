using System.Text;
using Fhir;
using Fhir.Json;
using static Gateway.Guide.GuideFrame;

namespace Gateway.Guide;

/// <summary>A profile or an extension: the elements that it says something of, and its rules.</summary>
internal static class ProfilePage
{
    public static void Write(GuideFrame page, StructureDefinition profile)
    {
        if (profile.Context.Count > 0)
            page.Add($"<p>{page.Word(GuideWords.StandsOn)}: "
                + $"{string.Join(", ", profile.Context.Select(context => Code(context.Expression)))}</p>");
        var whole = profile.Snapshot!.Element.ToDictionary(element => element.ElementId!, StringComparer.Ordinal);
        var said = profile.Differential!.Element.Select(element => (Said: element, Whole: whole[element.ElementId!])).ToList();
        page.Table(
            GuideWords.Element, [GuideWords.Element, GuideWords.Cardinality, GuideWords.Type, GuideWords.Demand],
            said.Select(one => (string[])
            [
                Code(one.Whole.ElementId), Text($"{one.Whole.Min}..{one.Whole.Max}"), Types(page, one.Whole),
                Demand(page, one.Said),
            ]));
        var rules = said.SelectMany(one => one.Said.Constraint.Select(rule => (string[])
            [Code(one.Said.ElementId), Text(rule.Human), Code(rule.Expression)])).ToList();
        if (rules.Count > 0)
            page.Heading(GuideWords.Rules).Table(
                GuideWords.Rules, [GuideWords.Element, GuideWords.Rule, new("FHIRPath", "FHIRPath", "FHIRPath")], rules);
    }

    private static string Types(GuideFrame page, ElementDefinition element) =>
        string.Join(", ", element.Type.Select(type =>
        {
            var profiles = type.Profile.Concat(type.TargetProfile)
                .Where(canonical => !canonical.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal))
                .Select(canonical => GuidePages.Named(page, canonical)).ToList();
            return Text(type.Code) + (profiles.Count > 0 ? $" ({string.Join(", ", profiles)})" : "");
        }));

    private static string Demand(GuideFrame page, ElementDefinition element)
    {
        List<string> all = [];
        if (element.MustSupport == true) all.Add("must support");
        if (element.Fixed is { } value) all.Add($"= {Code(Json(value))}");
        if (element.Pattern is { } pattern) all.Add($"⊇ {Code(Json(pattern))}");
        if (element.Binding is { } binding)
            all.Add($"{GuidePages.Named(page, binding.ValueSet)} ({Text(binding.Strength?.GetLiteral())})");
        return string.Join("<br>", all);
    }

    // The writer writes resources, so the value travels in one.
    private static string Json(DataType value)
    {
        var text = Encoding.UTF8.GetString(FhirJson.Write(new Parameters
        {
            Parameter = [new() { Name = "v", Value = value.Clone() as DataType }],
        }));
        var from = text.IndexOf(':', text.IndexOf("\"value", StringComparison.Ordinal)) + 1;
        return text[from..text.LastIndexOf("}]", StringComparison.Ordinal)];
    }
}
