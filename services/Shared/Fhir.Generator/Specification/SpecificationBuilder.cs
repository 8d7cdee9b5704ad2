using Fhir.Generator.Definitions;

namespace Fhir.Generator.Specification;

/// <summary>Picks the wanted resources and every datatype that they reach, and settles their C# shape.</summary>
internal sealed class SpecificationBuilder(R4Definitions definitions, IReadOnlyList<string> resources)
{
    private readonly Dictionary<string, TypeDefinition> _types =
        definitions.Types.ToDictionary(t => t.Name, StringComparer.Ordinal);
    private readonly EnumBuilder _enums = new(definitions);

    public ModelSpecification Build()
    {
        string[] names = [.. Datatypes().Order(StringComparer.Ordinal), .. resources];
        var types = names.Select(n => Type(_types[n])).ToArray();
        string[] described = ["Element", "BackboneElement", "Resource", "DomainResource", .. names];
        return new(types, _enums.Made, [.. described.SelectMany(n => Invariants(_types[n]))],
            SearchBuilder.Build(definitions.Searches, resources),
            [.. definitions.Types.Where(t => t is { Kind: "resource", Abstract: false }).Select(t => t.Name)]);
    }

    private HashSet<string> Datatypes()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(["Resource", "DomainResource", "Element", .. resources]);
        while (open.TryDequeue(out var name))
        {
            foreach (var type in _types[name].Elements.SelectMany(e => e.Types ?? []))
            {
                if (_types.TryGetValue(type.Code, out var t) && t is { Kind: "complex-type", Abstract: false }
                    && type.Code is not ("Element" or "BackboneElement") && found.Add(type.Code))
                {
                    open.Enqueue(type.Code);
                }
            }
        }
        return found;
    }

    private TypeSpecification Type(TypeDefinition type)
    {
        var classes = ClassNames(type);
        return new(type.Name, type.Kind == "resource",
            [.. type.Elements.Where(e => classes.ContainsKey(e.Path)).Select(e => Class(type, e, classes))]);
    }

    /// <summary>Path → class for the type itself and each nested element that has elements of its own.</summary>
    private static Dictionary<string, string> ClassNames(TypeDefinition type)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [type.Name] = Names.Class(type.Name) };
        foreach (var e in type.Elements.Where(e => e.Types is [{ Code: "BackboneElement" or "Element" }]))
        {
            if (e.Path == type.Name) continue;
            var name = Names.Pascal(e.TypeName ?? e.Path.Split('.')[^1]) + "Component";
            if (names.ContainsValue(name))
                name = string.Concat(e.Path.Split('.').Skip(1).Select(Names.Pascal)) + "Component";
            names[e.Path] = name;
        }
        return names;
    }

    private ClassSpecification Class(TypeDefinition type, ElementDefinition self, Dictionary<string, string> classes)
    {
        var isRoot = self.Path == type.Name;
        var parent = !isRoot ? self.Types![0].Code : (type.Base, type.Kind) switch
        {
            ("Element", _) => "DataType",
            ("BackboneElement", _) => "BackboneType",
            var (named, _) => Names.Class(named!),
        };
        var first = Names.Bases.TryGetValue(parent, out var count)
            ? count
            : Names.Bases["DataType"] + _types[type.Base!].Elements.Count(IsDirectChild(type.Base!));
        var name = classes[self.Path];
        return new(self.Path, name, parent, first, self.Short,
            [.. type.Elements.Where(IsDirectChild(self.Path)).Select(e => Element(e, name, classes))]);
    }

    private static Func<ElementDefinition, bool> IsDirectChild(string parent) => e =>
        e.Path.Length > parent.Length && e.Path[parent.Length] == '.'
        && e.Path.StartsWith(parent, StringComparison.Ordinal) && e.Path.IndexOf('.', parent.Length + 1) < 0;

    private ElementSpecification Element(ElementDefinition e, string owner, Dictionary<string, string> classes)
    {
        var json = e.Path.Split('.')[^1];
        var isChoice = json.EndsWith("[x]", StringComparison.Ordinal);
        var name = isChoice ? json[..^3] : json;
        var property = Names.Pascal(name) == owner ? Names.Pascal(name) + "_" : Names.Pascal(name);
        ElementSpecification Make(string item, string? native, string types) =>
            new(name, property, item, native, types, e.Min, e.Max, e.Short)
            {
                IsChoice = isChoice,
                Summary = e.Summary,
                Modifier = e.Modifier,
                Binding = e.Binding,
                Enum = _enums.For(e),
            };

        var nested = e.ContentReference ?? e.Path;
        if (classes.TryGetValue(nested, out var component)) return Make(component, null, nested);
        var types = string.Join('|', e.Types!.Select(t => t.Targets is { } targets
            ? $"{t.Code}({string.Join(',', targets)})"
            : Code(t)));
        if (isChoice) return Make("DataType", null, types);
        var code = Code(e.Types![0]);
        if (!Names.Primitives.TryGetValue(code, out var primitive)) return Make(Names.Class(code), null, types);
        return code == "code" && _enums.For(e) is { } codes
            ? Make($"Code<{codes}>", codes + "?", types)
            : Make(primitive.Class, primitive.Native, types);
    }

    // HL7's R4 takes any resource inside another; the package names one type for Bundle.entry.response.outcome.
    private string Code(TypeReference type) =>
        _types.TryGetValue(type.Code, out var named) && named.Kind == "resource" ? "Resource" : type.Code;

    private static IEnumerable<InvariantSpecification> Invariants(TypeDefinition type) =>
        from element in type.Elements
        from rule in element.Constraints ?? []
        select new InvariantSpecification(element.Path.Replace("[x]", "", StringComparison.Ordinal), rule);
}
