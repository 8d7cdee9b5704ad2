using System.Text;

namespace Fhir.Json;

/// <summary>The issues found so far, and where the reader stands, as FHIRPath.</summary>
internal sealed class IssueCollector(int limit)
{
    private readonly List<FhirIssue> _issues = [];
    private (ElementDef Element, int Index)[] _path = new (ElementDef, int)[16];
    private int _depth;
    private string _root = "";
    private bool _overflow;
    private bool _lostError;

    public bool HasErrors { get; private set; }

    public void Start(string resourceType) => _root = _root.Length == 0 ? resourceType : _root;

    public void Enter(ElementDef element)
    {
        if (_depth == _path.Length) Array.Resize(ref _path, _depth * 2);
        _path[_depth++] = (element, -1);
    }

    public void Leave() => _depth--;

    /// <summary>Number of the item within the entered element; -1 for the element as a whole.</summary>
    public int Index { set => _path[_depth - 1].Index = value; }

    public void Error(IssueType code, string message, long position) =>
        Add(IssueSeverity.Error, code, message, position, null);

    public void Fatal(IssueType code, string message, long position) =>
        Add(IssueSeverity.Fatal, code, message, position, null);

    public void Warning(IssueType code, string message, long position) =>
        Add(IssueSeverity.Warning, code, message, position, null);

    /// <summary>An error at a child of the present place.</summary>
    public void ErrorAt(ElementDef child, int index, IssueType code, string message, long position) =>
        Add(IssueSeverity.Error, code, message, position, index < 0 ? child.Name : $"{child.Name}[{index}]");

    public IReadOnlyList<FhirIssue> Close()
    {
        if (_overflow)
        {
            _issues.Add(new(_lostError ? IssueSeverity.Error : IssueSeverity.Warning, IssueType.TooCostly, _root,
                $"There are further issues; the first {limit} are listed."));
        }
        return _issues;
    }

    private void Add(IssueSeverity severity, IssueType code, string message, long position, string? child)
    {
        var isError = severity is IssueSeverity.Error or IssueSeverity.Fatal;
        HasErrors |= isError;
        if (_issues.Count >= limit)
        {
            _overflow = true;
            _lostError |= isError;
            return;
        }
        _issues.Add(new(severity, code, Path(child), message, position));
    }

    private string Path(string? child)
    {
        var path = new StringBuilder(_root);
        for (var i = 0; i < _depth; i++)
        {
            path.Append('.').Append(_path[i].Element.Name);
            if (_path[i].Index >= 0) path.Append('[').Append(_path[i].Index).Append(']');
        }
        if (child is not null) path.Append('.').Append(child);
        return path.ToString();
    }
}
