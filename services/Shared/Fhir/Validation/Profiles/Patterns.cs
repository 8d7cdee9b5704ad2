using System.Collections;

namespace Fhir.Validation;

/// <summary>fixed[x] and pattern[x], http://hl7.org/fhir/R4/elementdefinition.html</summary>
internal static class Patterns
{
    /// <summary>The same in every part. A primitive may be declared as another type of text.</summary>
    public static bool IsFixed(Base value, DataType expected) =>
        value is PrimitiveType text && expected is PrimitiveType other
            ? text.Text == other.Text
            : value.DeepEquals(expected);

    /// <summary>The value has at least what the pattern has; items of a list in any order and among others.</summary>
    public static bool Matches(Base value, Base pattern)
    {
        if (value is PrimitiveType text && pattern is PrimitiveType other)
            return other.Text is null || text.Text == other.Text;
        if (value.TypeDef != pattern.TypeDef) return false;
        for (var i = 0; i < pattern.TypeDef.Count; i++)
        {
            if (pattern.Get(i) is { } expected && !Element(value.Get(i), expected)) return false;
        }
        return true;
    }

    private static bool Element(object? value, object expected)
    {
        if (expected is not IList wanted) return value is Base item && Matches(item, (Base)expected);
        foreach (Base each in wanted)
        {
            if (value is not IList list || !list.Cast<Base>().Any(item => Matches(item, each))) return false;
        }
        return true;
    }
}
