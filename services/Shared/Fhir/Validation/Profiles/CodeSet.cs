namespace Fhir.Validation;

/// <summary>The codes of an expanded value set.</summary>
internal sealed class CodeSet
{
    private readonly HashSet<(string? System, string Code)> _codes;
    private readonly HashSet<string> _bare;

    public CodeSet(IEnumerable<(string? System, string Code)> codes)
    {
        _codes = [.. codes];
        _bare = new(_codes.Select(c => c.Code), StringComparer.Ordinal);
    }

    public IEnumerable<(string? System, string Code)> All => _codes;

    public bool Contains(string? system, string? code) => code is not null && _codes.Contains((system, code));

    /// <summary>True when the item, or one of its codings, is of the set; a bare code has the set's system.</summary>
    public bool Holds(Base item) => item switch
    {
        Coding coding => Contains(coding.System, coding.Code),
        CodeableConcept concept => concept.Coding.Exists(Holds),
        Quantity quantity => Contains(quantity.System, quantity.Code),
        PrimitiveType { Text: { } code } => _bare.Contains(code),
        _ => false,
    };
}
