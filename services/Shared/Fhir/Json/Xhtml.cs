namespace Fhir.Json;

/// <summary>
/// Narrative: one well-formed `div` of XHTML with HL7's elements and attributes, no scripts and nothing that a
/// browser would fetch from elsewhere (http://hl7.org/fhir/R4/narrative.html).
/// </summary>
internal ref struct Xhtml
{
    private const int MaxDepth = 100;
    private readonly ReadOnlySpan<char> _text;
    private readonly List<string> _open = [];
    private int _at;
    private bool _visible;
    private bool _closed;

    private Xhtml(string text) => _text = text;

    /// <summary>What is wrong, without any of the text; null when nothing is.</summary>
    public static string? Fault(string text) => new Xhtml(text.Trim()).Scan();

    private string? Scan()
    {
        if (!_text.StartsWith("<div", StringComparison.Ordinal)) return "must be a div";
        while (_at < _text.Length)
        {
            if (_closed) return "must be a single div";
            if ((_text[_at] == '<' ? Markup() : Characters()) is { } fault) return fault;
        }
        if (!_closed) return "has an element that is not closed";
        return _visible ? null : "must have visible content";
    }

    private string? Markup()
    {
        var rest = _text[_at..];
        if (rest.StartsWith("<!--", StringComparison.Ordinal)) return Comment(rest);
        if (rest.StartsWith("<!", StringComparison.Ordinal) || rest.StartsWith("<?", StringComparison.Ordinal))
            return "must not have declarations or processing instructions";
        return rest.StartsWith("</", StringComparison.Ordinal) ? Closing() : Opening();
    }

    private string? Comment(ReadOnlySpan<char> rest)
    {
        var end = rest[4..].IndexOf("--", StringComparison.Ordinal);
        if (end < 0 || !rest[(4 + end)..].StartsWith("-->", StringComparison.Ordinal)) return "has a malformed comment";
        _at += 4 + end + 3;
        return null;
    }

    private string? Closing()
    {
        _at += 2;
        var name = Name();
        SkipBlanks();
        if (!Take('>') || _open.Count == 0 || _open[^1] != name) return "has tags that do not match";
        Close();
        return null;
    }

    private void Close()
    {
        _open.RemoveAt(_open.Count - 1);
        _closed = _open.Count == 0;
    }

    private string? Opening()
    {
        _at++;
        var element = Name();
        if (!XhtmlRules.Allows(element)) return $"has an element that is not allowed{XhtmlRules.Quote(element)}";
        if (_open.Count == MaxDepth) return "is nested too deeply";
        var seen = new List<string>();
        while (true)
        {
            var blanks = SkipBlanks();
            if (Take('/'))
            {
                if (!Take('>')) return "is not well-formed XML";
                _open.Add(element);
                Close();
                break;
            }
            if (Take('>'))
            {
                _open.Add(element);
                break;
            }
            if (!blanks) return "is not well-formed XML";
            if (Attribute(element, seen) is { } fault) return fault;
        }
        _visible |= element == "img";
        return element == "div" && _open.Count == 1 && !seen.Contains("xmlns")
            ? $"must have the namespace {XhtmlRules.Namespace}"
            : null;
    }

    private string? Attribute(string element, List<string> seen)
    {
        var name = Name();
        if (name.Length == 0) return "is not well-formed XML";
        if (!XhtmlRules.Allows(element, name))
            return $"has an attribute that is not allowed{XhtmlRules.Quote(name)} in {element}";
        if (seen.Contains(name)) return "has the same attribute twice";
        seen.Add(name);
        SkipBlanks();
        if (!Take('=')) return "is not well-formed XML";
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] is not ('"' or '\'')) return "is not well-formed XML";
        var length = _text[(_at + 1)..].IndexOf(_text[_at]);
        if (length < 0) return "is not well-formed XML";
        var raw = _text.Slice(_at + 1, length);
        _at += length + 2;
        if (raw.Contains('<') || XhtmlText.Decode(raw) is not { } value) return "is not well-formed XML";
        return XhtmlRules.Fault(element, name, value);
    }

    private string? Characters()
    {
        var length = _text[_at..].IndexOf('<');
        var text = length < 0 ? _text[_at..] : _text.Slice(_at, length);
        _at += text.Length;
        if (XhtmlText.IsFaulty(text)) return "has an entity or a character that XML does not allow";
        _visible |= !text.IsWhiteSpace();
        return null;
    }

    private string Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is ':' or '-' or '_' or '.'))
            _at++;
        return new(_text[start.._at]);
    }

    private bool SkipBlanks()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
        return _at > start;
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }
}
