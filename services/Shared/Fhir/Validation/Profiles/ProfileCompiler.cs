using Fhir.Json;

namespace Fhir.Validation;

/// <summary>
/// Makes a profile checkable: from its snapshot, or from its differential upon the profile that it derives from. What
/// R4 itself says is left out, since a resource is held against that anyway.
/// </summary>
internal sealed class ProfileCompiler(ProfileRegistry registry)
{
    private const int LongestLineage = 32;

    private readonly List<string> _mustSupport = [];
    private readonly List<string> _notChecked = [];

    public CompiledProfile Compile(StructureDefinition definition)
    {
        var type = definition.Type ?? "";
        var root = new ElementNode(type, null);
        Gather(definition, root, 0);
        TypeDef[] types = ModelInfo.Type(type) is { } known ? [known] : [];
        var compiled = Element(root, null, types, type);
        var canonical = definition.Version is { } version ? $"{definition.Url}|{version}" : definition.Url!;
        return new(canonical, type, compiled, _mustSupport, _notChecked, ExtensionContext.Of(definition));
    }

    private void Gather(StructureDefinition definition, ElementNode root, int depth)
    {
        if (definition.Snapshot is { } snapshot)
        {
            root.Add(snapshot.Element);
            return;
        }
        var isCore = definition.BaseDefinition is not { } above || ProfileRegistry.CoreType(above) is not null;
        if (!isCore && registry.StructureDefinition(definition.BaseDefinition!) is { } parent && depth < LongestLineage)
            Gather(parent, root, depth + 1);
        else if (!isCore)
            _notChecked.Add("what it derives from is not known");
        if (definition.Differential is { } differential) root.Add(differential.Element);
    }

    private ProfileElement Element(ElementNode node, ElementDef? r4, TypeDef[] types, string id)
    {
        var said = new Definitions(node, r4, id, _notChecked);
        if (said.MustSupport) _mustSupport.Add(id);
        var inner = said.Inner(types);
        return new()
        {
            Name = node.Name,
            Slice = node.Slice,
            Min = r4 is null ? 0 : said.Min(isSlice: node.Slice is not null),
            Max = r4 is null ? int.MaxValue : said.Max,
            Fixed = said.Fixed,
            Patterns = said.Patterns,
            MaxLength = said.MaxLength,
            ValueSet = said.ValueSet,
            Types = r4 is null ? null : said.Types(isSlice: node.Slice is not null),
            Rules = said.Rules(),
            Slicing = Slices(node, r4, inner, id, said),
            Children = [.. Children(node, inner, id).Where(child => !child.SaysNothing)],
        };
    }

    private IEnumerable<ProfileElement> Children(ElementNode node, TypeDef[] types, string id)
    {
        foreach (var child in node.Children)
        {
            var path = $"{id}.{child.Name}";
            if (types.Select(t => t.Element(child.Name)).FirstOrDefault(e => e is not null) is { } element)
                yield return Element(child, element, [.. element.Types], path);
            else if (OfChoice(types, child.Name) is (var choice, var of))
                yield return Choice(child, choice, of, path);
            // The `value` of a primitive is no element of its own here.
            else if (!types.Any(t => t.IsPrimitive))
                _notChecked.Add($"{path}, which is not an element of R4");
        }
    }

    // `valueQuantity` is short for the slice of `value[x]` that is a Quantity.
    private ProfileElement Choice(ElementNode node, ElementDef choice, TypeDef type, string id) => new()
    {
        Name = choice.Name,
        Slicing = new(ByType, SlicingRules.Open, false, [Slice(node, choice, type, id)]),
    };

    private ProfileElement Slice(ElementNode node, ElementDef element, TypeDef type, string id)
    {
        var slice = new ElementNode(node.Name, node.Slice ?? node.Name);
        slice.Definitions.AddRange(node.Definitions);
        if (!slice.Definitions.Exists(d => d.Type.Count > 0))
            slice.Definitions.Add(new() { Type = [new() { Code = type.Name }] });
        slice.Children.AddRange(node.Children);
        return Element(slice, element, [type], id);
    }

    private Slicing? Slices(ElementNode node, ElementDef? r4, TypeDef[] types, string id, Definitions said)
    {
        var stated = said.Slicing;
        if (node.Slices.Count == 0 && stated?.Rules is not SlicingRules.Closed) return null;
        if (r4 is null) return null;
        var slices = node.Slices.Select(s => SliceOf(s, r4, types, $"{id}:{s.Slice}")).ToArray();
        var by = stated?.Discriminator.Select(d => Slicers.Of(d.Type, d.Path, id, _notChecked)).OfType<Discriminator>()
            .ToArray() ?? [];
        if (by.Length == 0) by = r4.IsChoice ? ByType : r4.TypeNames is ["Extension"] ? Slicers.ByUrl : [];
        if (by.Length == 0 && slices.Length > 0) _notChecked.Add($"the slices of {id} cannot be told apart");
        return by.Length == 0 && slices.Length > 0
            ? null
            : new(by, stated?.Rules ?? SlicingRules.Open, stated?.Ordered == true, slices);
    }

    // A slice of a choice that names its type only by `valueQuantity` is of that type.
    private ProfileElement SliceOf(ElementNode node, ElementDef r4, TypeDef[] types, string id) =>
        r4.IsChoice && r4.Types.FirstOrDefault(t => JsonNames.Of(r4, t) == node.Slice) is { } named
            ? Slice(node, r4, named, id)
            : Element(node, r4, types, id);

    private static Discriminator[] ByType => Slicers.ByType;

    private static (ElementDef Choice, TypeDef Type)? OfChoice(TypeDef[] types, string name)
    {
        foreach (var element in types.SelectMany(t => t.Elements).Where(e => e.IsChoice))
        {
            foreach (var of in element.Types)
            {
                if (JsonNames.Of(element, of) == name) return (element, of);
            }
        }
        return null;
    }
}
