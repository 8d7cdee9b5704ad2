using Fhir.Generator.Definitions;

namespace Fhir.Generator.Specification;

/// <summary>One enum for each closed value set that an element is bound to as required.</summary>
internal sealed class EnumBuilder(R4Definitions definitions)
{
    private readonly Dictionary<string, CodeListDefinition> _lists =
        definitions.CodeLists.ToDictionary(l => l.Url, StringComparer.Ordinal);
    private readonly Dictionary<string, EnumSpecification> _made = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken =
        [.. definitions.Types.Select(t => Names.Class(t.Name)), "Base", "DataType", "Code", "XHtml"];

    public IReadOnlyList<EnumSpecification> Made => [.. _made.Values.OrderBy(e => e.Name, StringComparer.Ordinal)];

    public string? For(ElementDefinition element)
    {
        if (element.Binding is not { Strength: "required" } binding) return null;
        var url = binding.ValueSet.Split('|')[0];
        if (_made.TryGetValue(url, out var made)) return made.Name;
        if (!_lists.TryGetValue(url, out var list)) return null;
        var name = Names.Pascal(list.Name);
        if (!_taken.Add(name)) _taken.Add(name += "Code");
        _made[url] = new(name, url, Members(list));
        return name;
    }

    private static EnumMember[] Members(CodeListDefinition list)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string Free(string name)
        {
            while (!taken.Add(name)) name += "_";
            return name;
        }
        return [.. list.Codes.Select(c => new EnumMember(
            Free(Names.EnumMember(c.Code)), c.System, c.Code, c.Display ?? c.Code))];
    }
}
