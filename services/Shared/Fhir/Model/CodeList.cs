namespace Fhir;

/// <summary>The codes of a closed value set that a required binding names, in the order of their enum.</summary>
public sealed class CodeList
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly string[] _codes;
    private readonly string[] _systems;

    internal CodeList(string name, string valueSet, (string System, string[] Codes)[] groups)
    {
        (Name, ValueSet) = (name, valueSet);
        _codes = [.. groups.SelectMany(g => g.Codes)];
        _systems = [.. groups.SelectMany(g => g.Codes.Select(_ => g.System))];
        for (var i = 0; i < _codes.Length; i++) _index.TryAdd(_codes[i], i);
    }

    /// <summary>Name of the enum.</summary>
    public string Name { get; }

    /// <summary>Canonical without a version.</summary>
    public string ValueSet { get; }

    /// <summary>All codes, in the order of the enum.</summary>
    public IReadOnlyList<string> Codes => _codes;

    /// <summary>Place of the code, or -1.</summary>
    public int IndexOf(string code) => _index.TryGetValue(code, out var index) ? index : -1;

    /// <summary>True when the value set holds the code of that system.</summary>
    public bool Contains(string? system, string? code)
    {
        for (var i = 0; i < _codes.Length; i++)
        {
            if (_codes[i] == code && _systems[i] == system) return true;
        }
        return false;
    }

    /// <summary>The code system of the code at that place.</summary>
    public string System(int index) => _systems[index];
}
