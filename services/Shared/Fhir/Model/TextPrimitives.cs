namespace Fhir;

/// <summary>Text of at least one visible character.</summary>
public sealed class FhirString : TextType
{
    /// <summary>Without a value.</summary>
    public FhirString()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public FhirString(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("string", PrimitiveKind.String, static () => new FhirString());
}

/// <summary>An absolute or relative URI.</summary>
public sealed class FhirUri : TextType
{
    /// <summary>Without a value.</summary>
    public FhirUri()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public FhirUri(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("uri", PrimitiveKind.Uri, static () => new FhirUri());
}

/// <summary>A URI that is also an address.</summary>
public sealed class FhirUrl : TextType
{
    /// <summary>Without a value.</summary>
    public FhirUrl()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public FhirUrl(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("url", PrimitiveKind.Url, static () => new FhirUrl());
}

/// <summary>A reference to a conformance resource by its URL, perhaps with `|version`.</summary>
public sealed class Canonical : TextType
{
    /// <summary>Without a value.</summary>
    public Canonical()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public Canonical(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("canonical", PrimitiveKind.Canonical, static () => new Canonical());
}

/// <summary>A code of a set that is not checked here.</summary>
public sealed class Code : TextType
{
    /// <summary>Without a value.</summary>
    public Code()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public Code(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("code", PrimitiveKind.Code, static () => new Code());
}

/// <summary>1 to 64 of `A-Z a-z 0-9 - .`</summary>
public sealed class Id : TextType
{
    /// <summary>Without a value.</summary>
    public Id()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public Id(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("id", PrimitiveKind.Id, static () => new Id());
}

/// <summary>`urn:oid:` and an OID.</summary>
public sealed class Oid : TextType
{
    /// <summary>Without a value.</summary>
    public Oid()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public Oid(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("oid", PrimitiveKind.Oid, static () => new Oid());
}

/// <summary>`urn:uuid:` and a UUID in lower case.</summary>
public sealed class Uuid : TextType
{
    /// <summary>Without a value.</summary>
    public Uuid()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public Uuid(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("uuid", PrimitiveKind.Uuid, static () => new Uuid());
}

/// <summary>Text in GitHub's Markdown.</summary>
public sealed class Markdown : TextType
{
    /// <summary>Without a value.</summary>
    public Markdown()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public Markdown(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("markdown", PrimitiveKind.Markdown, static () => new Markdown());
}

/// <summary>A `div` of limited XHTML.</summary>
public sealed class XHtml : TextType
{
    /// <summary>Without a value.</summary>
    public XHtml()
    {
    }

    /// <summary>With a value in its lexical form.</summary>
    public XHtml(string? value) => Text = value;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("xhtml", PrimitiveKind.XHtml, static () => new XHtml());
}
