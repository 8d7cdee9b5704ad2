namespace Fhir;

/// <summary>FHIR's primitive types, each with a lexical form of its own.</summary>
public enum PrimitiveKind : byte
{
    /// <summary>Not a primitive.</summary>
    None,
    Boolean, Integer, PositiveInt, UnsignedInt, Decimal,
    String, Markdown, XHtml, Uri, Url, Canonical, Oid, Uuid, Code, Id,
    Date, DateTime, Instant, Time, Base64Binary,
}
