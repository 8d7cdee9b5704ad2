using System.Globalization;
using System.Text;

namespace Fhir.Path.Syntax;

/// <summary>Cuts an expression into words; blanks and comments are left out.</summary>
internal sealed class Lexer(string text)
{
    private int _at;

    public static FormatException Error(int position, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"FHIRPath, at {position}: {what}."));

    public List<Token> ReadAll()
    {
        var tokens = new List<Token>();
        do
        {
            SkipBlanks();
            tokens.Add(Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private bool Ahead(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r' or '\n')
            {
                _at++;
            }
            else if (Ahead("//"))
            {
                var end = text.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = end < 0 ? text.Length : _at + end;
            }
            else if (Ahead("/*"))
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0) throw Error(_at, "the comment is not closed");
                _at = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private Token Next()
    {
        var start = _at;
        var c = Peek();
        if (_at >= text.Length) return new(TokenKind.End, "", start);
        if (IsNameStart(c)) return new(TokenKind.Identifier, Name(), start);
        if (char.IsAsciiDigit(c)) return new(TokenKind.Number, Number(), start);
        switch (c)
        {
            case '\'': return new(TokenKind.String, Delimited('\''), start);
            case '`': return new(TokenKind.Quoted, QuotedName(), start);
            case '@': return new(TokenKind.Date, Date(), start);
            case '%': return new(TokenKind.External, External(), start);
            case '$':
                _at++;
                return new(TokenKind.Variable, Name(), start);
        }
        var length = Ahead("<=") || Ahead(">=") || Ahead("!=") || Ahead("!~") ? 2 : 1;
        if (length == 1 && !"()[]{}.,|=~<>+-*/&".Contains(c, StringComparison.Ordinal))
            throw Error(start, "a character that has no meaning here");
        _at += length;
        return new(TokenKind.Symbol, text.Substring(start, length), start);
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private string Name()
    {
        var start = _at;
        if (!IsNameStart(Peek())) throw Error(start, "a name is missing");
        while (IsNameStart(Peek()) || char.IsAsciiDigit(Peek())) _at++;
        return text[start.._at];
    }

    private string Number()
    {
        var start = _at;
        SkipDigits();
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
        }
        return text[start.._at];
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek())) _at++;
    }

    private string External()
    {
        _at++;
        return Peek() switch
        {
            '`' => QuotedName(),
            '\'' => Delimited('\''),
            _ => Name(),
        };
    }

    // A fraction follows seconds only: in @2014-01-01T08.lowBoundary() the point starts a function.
    private string Date()
    {
        var start = _at++;
        if (Peek() != 'T')
        {
            SkipDigits();
            for (var i = 0; i < 2 && Peek() == '-' && char.IsAsciiDigit(Peek(1)); i++)
            {
                _at++;
                SkipDigits();
            }
        }
        if (Peek() != 'T') return text[start.._at];
        _at++;
        if (!char.IsAsciiDigit(Peek())) return text[start.._at];
        SkipDigits();
        var fields = 1;
        while (Peek() == ':' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
            fields++;
        }
        if (fields == 3 && Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
        }
        if (text[start + 1] != 'T') SkipZone();
        return text[start.._at];
    }

    private void SkipZone()
    {
        if (Peek() == 'Z')
            _at++;
        else if (Peek() is '+' or '-' && char.IsAsciiDigit(Peek(1)) && char.IsAsciiDigit(Peek(2)) && Peek(3) == ':')
            _at = Math.Min(_at + 6, text.Length);
    }

    private string Delimited(char quote)
    {
        var start = _at++;
        var result = new StringBuilder();
        while (true)
        {
            if (_at >= text.Length) throw Error(start, "the quote is not closed");
            var c = text[_at++];
            if (c == quote) return result.ToString();
            result.Append(c == '\\' ? Escaped() : c);
        }
    }

    private string QuotedName()
    {
        var start = _at;
        var name = Delimited('`');
        return name.Length > 0 ? name : throw Error(start, "a name is missing");
    }

    private char Escaped()
    {
        var c = Peek();
        _at++;
        switch (c)
        {
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '\\' or '/' or '\'' or '"' or '`': return c;
            case 'u' when _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4),
                    NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default: throw Error(_at - 2, "an unknown escape");
        }
    }
}
