namespace Fhir.Path.Syntax;

internal enum TokenKind
{
    End,
    Identifier,
    Quoted,
    String,
    Number,
    Date,
    External,
    Variable,
    Symbol,
}

/// <summary>A word of an expression.</summary>
/// <param name="Text">Without quotes and escapes; `%` and `$` are left out as well, `@` is kept.</param>
/// <param name="Position">Where it starts.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol or TokenKind.Identifier && Text == symbol;
}
