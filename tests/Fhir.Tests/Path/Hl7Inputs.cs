using System.Xml.Linq;
using Fhir.Json;

namespace Fhir.Tests.Path;

/// <summary>The resources that HL7's FHIRPath tests run on: the JSON forms where there is one, else the XML.</summary>
internal static class Hl7Inputs
{
    private static readonly Dictionary<string, string> JsonForms = new()
    {
        ["patient-example.xml"] = "Patient-example.json",
        ["observation-example.xml"] = "Observation-example.json",
        ["questionnaire-example.xml"] = "Questionnaire-3141.json",
        ["valueset-example-expansion.xml"] = "ValueSet-yesnodontknow.json",
        ["codesystem-example.xml"] = "CodeSystem-example.json",
    };

    private static readonly Dictionary<string, Resource?> Read = [];

    public static string Folder => System.IO.Path.Combine(SharedData.Folder, "fhirpath");

    /// <summary>Null when its type is not modelled.</summary>
    public static Resource? Get(string name)
    {
        lock (Read)
        {
            if (!Read.TryGetValue(name, out var resource)) Read[name] = resource = Load(name);
            return resource;
        }
    }

    private static Resource? Load(string name)
    {
        var file = System.IO.Path.Combine(Folder, JsonForms.GetValueOrDefault(name, name));
        return file.EndsWith(".json", StringComparison.Ordinal)
            ? FhirJson.Read(File.ReadAllBytes(file)).Resource
            : (Resource)Fill(ModelInfo.Create(XElement.Load(file).Name.LocalName)!, XElement.Load(file));
    }

    // FHIR's XML: an element per element, the value of a primitive in an attribute, a choice with its type's name.
    private static Base Fill(Base target, XElement source)
    {
        if (target is PrimitiveType primitive) primitive.Text = source.Attribute("value")?.Value;
        if (source.Attribute("url") is { } url) ((Extension)target).Url = url.Value;
        foreach (var child in source.Elements())
        {
            var (element, type) = Place(target.TypeDef, child.Name.LocalName);
            var item = type.Create();
            if (item is XHtml) ((XHtml)item).Value = child.ToString(SaveOptions.DisableFormatting);
            else Fill(item, child);
            if (element.IsList) target.Items(element.Ordinal).Add(item);
            else target.Set(element.Ordinal, Typed(target, element, item));
        }
        return target;
    }

    private static (ElementDef Element, TypeDef Type) Place(TypeDef owner, string name)
    {
        if (owner.Element(name) is { } plain) return (plain, plain.Types[0]);
        return owner.Elements.Where(e => e.IsChoice).SelectMany(e => e.Types.Select(t => (e, t)))
            .Single(c => name == c.e.Name + char.ToUpperInvariant(c.t.Name[0]) + c.t.Name[1..]);
    }

    // A code of a closed set has a class of its own, which the JSON reader makes.
    private static Base Typed(Base target, ElementDef element, Base item)
    {
        if (element.RequiredCodes is null) return item;
        var name = char.ToUpperInvariant(element.Name[0]) + element.Name[1..] + "Element";
        var typed = (PrimitiveType)Activator.CreateInstance(target.GetType().GetProperty(name)!.PropertyType)!;
        typed.Text = ((PrimitiveType)item).Text;
        return typed;
    }
}
