namespace Fhir.Path.Values;

/// <summary>`&lt;` and its kin, http://hl7.org/fhirpath/N1/#comparison</summary>
internal static class Ordering
{
    /// <summary>Below, at or above zero; null when the precision or the units do not decide it.</summary>
    /// <exception cref="FhirPathException">The values are of kinds that have no order.</exception>
    public static int? Compare(object a, object b)
    {
        switch (a, b)
        {
            case (string x, string y): return string.CompareOrdinal(x, y);
            case (int x, int y): return x.CompareTo(y);
            case (int or decimal, int or decimal): return Calculator.Decimal(a).CompareTo(Calculator.Decimal(b));
            case (PathDate x, PathDate y) when x.IsTime == y.IsTime: return DateOrder.Compare(x, y);
            case (PathQuantity x, _) when PathQuantity.From(b) is { } y: return QuantityOrder.Compare(x, y);
            case (_, PathQuantity y) when PathQuantity.From(a) is { } x: return QuantityOrder.Compare(x, y);
        }
        throw new FhirPathException("These values have no order among each other.");
    }
}
