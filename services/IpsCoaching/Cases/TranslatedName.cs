using Fhir;

namespace IpsCoaching.Cases;

/// <summary>A code with its names in the three languages of the service.</summary>
public sealed record TranslatedName(string Code, string Finnish, string Swedish, string English)
{
    private const string Translation = "http://hl7.org/fhir/StructureDefinition/translation";

    /// <summary>As FHIR has it: English, with the translations beside it.</summary>
    public Coding ToCoding(string system) => new(system, Code) { DisplayElement = ToText() };

    /// <summary>The names alone.</summary>
    public FhirString ToText()
    {
        var display = new FhirString(English);
        foreach (var (language, text) in new[] { ("fi", Finnish), ("sv", Swedish), ("en", English) })
        {
            var translation = new Extension { Url = Translation };
            translation.Extension.Add(new Extension("lang", new Code(language)));
            translation.Extension.Add(new Extension("content", new FhirString(text)));
            display.Extension.Add(translation);
        }

        return display;
    }
}
