using Fhir.Json;
using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhir/R4/fhirpath.html#functions</summary>
internal static class FhirFunctions
{
    private const string BaseDefinition = "http://hl7.org/fhir/StructureDefinition/";

    public static readonly Function[] All =
    [
        new("extension", 1, 1, Extensions),
        new("hasValue", 0, 0, (in Frame _, Items input, Node[] _) =>
            Items.Of(input.Count == 1 && input[0] is PrimitiveType { Text: not null })),
        new("getValue", 0, 0, (in Frame _, Items input, Node[] _) =>
            input.Count == 1 && input[0] is PrimitiveType value ? Items.One(SystemValue.Of(value)) : default),
        new("resolve", 0, 0, Resolve),
        new("htmlChecks", 0, 0, HtmlChecks),
        new("memberOf", 1, 1, MemberOf),
        new("conformsTo", 1, 1, ConformsTo),
    ];

    private static Items Extensions(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(arguments[0].Evaluate(frame)) is not { } url) return default;
        frame.Run.Step(input.Count);
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++)
        {
            foreach (var extension in Of(input[i]))
            {
                if (extension.Url == url) result.Add(extension);
            }
        }
        return result.Build();
    }

    private static List<Extension> Of(object item) => item switch
    {
        PrimitiveType { HasIdOrExtension: false } => [],
        Element element => element.Extension,
        DomainResource resource => resource.Extension,
        _ => [],
    };

    private static Items Resolve(in Frame frame, Items input, Node[] arguments)
    {
        frame.Run.Step(input.Count);
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++)
        {
            if (References.TextOf(input[i]) is { } reference && frame.Run.Resolve(reference) is { } found)
                result.Add(found);
        }
        return result.Build();
    }

    private static Items HtmlChecks(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(input) is not { } text) return default;
        frame.Run.Step(1 + text.Length / 16);
        return Items.Of(Xhtml.Fault(text) is null);
    }

    // Only the closed value sets of R4's required bindings are here; there is no terminology server behind this.
    private static Items MemberOf(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(arguments[0].Evaluate(frame)) is not { } canonical) return default;
        var codes = ShippedValueSets.Find(canonical.Split('|')[0])
            ?? throw new FhirPathException("memberOf() does not know this value set.");
        return Singleton.One(input) switch
        {
            null => default,
            Coding coding => Items.Of(codes.Contains(coding.System, coding.Code)),
            CodeableConcept concept => Items.Of(concept.Coding.Exists(c => codes.Contains(c.System, c.Code))),
            PrimitiveType { Text: { } code } => Items.Of(codes.IndexOf(code) >= 0),
            string code => Items.Of(codes.IndexOf(code) >= 0),
            _ => throw new FhirPathException("memberOf() needs a code, Coding or CodeableConcept."),
        };
    }

    // The types of R4 itself; what stands in a resource was held against its type's definition when it was read.
    private static Items ConformsTo(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(arguments[0].Evaluate(frame)) is not { } canonical) return default;
        var type = canonical.StartsWith(BaseDefinition, StringComparison.Ordinal)
            ? canonical[BaseDefinition.Length..]
            : "";
        if (ModelInfo.Type(type) is null && !ModelInfo.IsResourceType(type))
            throw new FhirPathException("conformsTo() does not know this profile.");
        return Singleton.One(input) is Base item ? Items.Of(item.TypeDef.Is(type)) : default;
    }
}
