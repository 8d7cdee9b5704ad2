namespace Fhir.Validation;

/// <summary>
/// Makes the snapshot of a profile on R4 itself, for validators that need one: R4's table with the differential upon
/// it. The texts of R4's definitions are not in the table, so each element points to its page.
/// </summary>
public static class SnapshotMaker
{
    private const string Core = "http://hl7.org/fhir/StructureDefinition/";

    /// <summary>The snapshot of a profile whose base is a type of R4.</summary>
    /// <exception cref="ArgumentException">The base is another profile, or the type is not modelled.</exception>
    public static StructureDefinition.SnapshotComponent Make(StructureDefinition profile)
    {
        if (profile.BaseDefinition != Core + profile.Type || ModelInfo.Type(profile.Type!) is not { } type)
            throw new ArgumentException("A snapshot is made on a type of R4 only.", nameof(profile));
        var root = new ElementNode(type.Name, null);
        root.Add(profile.Differential?.Element ?? []);
        var snapshot = new StructureDefinition.SnapshotComponent();
        snapshot.Element.Add(With(Start(type.Name, type.Name, 0, "*", Rules(type)), root));
        Children(snapshot.Element, root, [type], type.Name, type.Name);
        return snapshot;
    }

    private static void Children(
        List<ElementDefinition> to, ElementNode? node, IEnumerable<TypeDef> types, string path, string id)
    {
        foreach (var element in types.SelectMany(t => t.Elements).DistinctBy(e => e.Name))
        {
            var child = node?.Children.Find(c => c.Name == element.Name);
            var name = element.IsChoice ? element.Name + "[x]" : element.Name;
            Element(to, child, element, $"{path}.{name}", $"{id}.{name}");
            foreach (var slice in child?.Slices ?? [])
                Element(to, slice, element, $"{path}.{name}", $"{id}.{name}:{slice.Slice}");
        }
    }

    private static void Element(List<ElementDefinition> to, ElementNode? node, ElementDef r4, string path, string id)
    {
        var made = With(OfTable(r4, path, id), node);
        if (node?.Slice is { } slice)
        {
            made.SliceName = slice;
            made.Min = node.Definitions.Max(d => d.Min) ?? 0;
        }
        to.Add(made);
        if (r4.Types is [var only] && IsPart(only, r4)) Children(to, node, [only], path, id);
        else if (node?.Children.Count > 0) Children(to, node, Inner(made, r4), path, id);
    }

    // What stands in another place of the same type is told by a content reference, so only own parts are opened.
    private static bool IsPart(TypeDef type, ElementDef element) => type.Name == $"{element.Owner.Name}.{element.Name}";

    private static IEnumerable<TypeDef> Inner(ElementDefinition made, ElementDef r4)
    {
        var types = made.Type.Select(t => t.Code is { } code ? ModelInfo.Type(code) : null).OfType<TypeDef>().ToArray();
        return types.Length > 0 ? types : r4.Types;
    }

    private static ElementDefinition OfTable(ElementDef r4, string path, string id)
    {
        var made = Start(path, id, r4.Min, r4.Max == int.MaxValue ? "*" : $"{r4.Max}", Rules(r4));
        made.Base!.Path = $"{r4.Owner.Name}.{r4.Name}{(r4.IsChoice ? "[x]" : "")}";
        if (r4.Types is [var part] && part.Name.Contains('.', StringComparison.Ordinal) && !IsPart(part, r4))
            made.ContentReference = "#" + part.Name;
        else
            made.Type = [.. r4.Types.Select(t => TypeRef(t, r4))];
        if (r4.IsModifier) (made.IsModifier, made.IsModifierReason) = (true, "As in R4.");
        if (r4.IsSummary) made.IsSummary = true;
        if (r4.BindingStrength is { } strength)
            made.Binding = new() { Strength = EnumCodes.Parse<BindingStrength>(strength), ValueSet = r4.ValueSet };
        return made;
    }

    private static ElementDefinition.TypeRefComponent TypeRef(TypeDef type, ElementDef r4)
    {
        var code = type.Name.Contains('.', StringComparison.Ordinal) ? type.Parent!.Name
            : r4.Name == "id" && r4.Owner.Name == "Element" ? "http://hl7.org/fhirpath/System.String" : type.Name;
        var made = new ElementDefinition.TypeRefComponent { Code = code };
        if (code is "Reference" or "canonical") made.TargetProfile = [.. r4.Targets.Select(t => Core + t)];
        return made;
    }

    private static ElementDefinition Start(
        string path, string id, int min, string max, IEnumerable<Invariant> rules) => new()
        {
            ElementId = id,
            Path = path,
            Definition = $"As in R4: http://hl7.org/fhir/R4/{path.Split('.')[0].ToLowerInvariant()}-definitions.html",
            Min = min,
            Max = max,
            Base = new() { Path = path, Min = min, Max = max },
            Constraint = [.. rules.Select(r => new ElementDefinition.ConstraintComponent
            {
                Key = r.Key,
                Severity = r.Severity is IssueSeverity.Error ? ConstraintSeverity.Error : ConstraintSeverity.Warning,
                Human = r.Human,
                Expression = r.Expression,
                Source = Core + r.Path.Split('.')[0],
            })],
        };

    private static IEnumerable<Invariant> Rules(TypeDef type)
    {
        for (TypeDef? at = type; at is not null; at = at.Parent)
        {
            foreach (var rule in ModelInfo.Invariants.Where(i => i.Path == at.Name)) yield return rule;
        }
    }

    private static IEnumerable<Invariant> Rules(ElementDef element) =>
        ModelInfo.Invariants.Where(i => i.Path == $"{element.Owner.Name}.{element.Name}");

    private static ElementDefinition With(ElementDefinition made, ElementNode? node)
    {
        foreach (var said in node?.Definitions ?? [])
        {
            if (said.Min is { } min && min > made.Min) made.Min = min;
            if (said.Max is { } max) made.Max = max;
            made.Short = said.Short ?? made.Short;
            made.Definition = said.Definition ?? said.Short ?? made.Definition;
            if (said.Type.Count > 0) made.Type = [.. said.Type.Select(t => t.Clone())];
            made.Fixed = said.Fixed?.Clone() ?? made.Fixed;
            made.Pattern = said.Pattern?.Clone() ?? made.Pattern;
            made.Binding = said.Binding?.Clone() ?? made.Binding;
            made.Slicing = said.Slicing?.Clone() ?? made.Slicing;
            if (said.MustSupport == true) made.MustSupport = true;
            made.Constraint.AddRange(said.Constraint.Select(c => c.Clone()));
        }
        return made;
    }
}
