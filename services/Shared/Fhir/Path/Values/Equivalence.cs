namespace Fhir.Path.Values;

/// <summary>`~`, http://hl7.org/fhirpath/N1/#equivalent: in any order, texts without case, numbers rounded.</summary>
internal static class Equivalence
{
    public static bool AreEquivalent(Run run, Items a, Items b)
    {
        var count = a.Count;
        if (count != b.Count) return false;
        if (count == 1) return AreEquivalent(run, a[0], b[0]);
        var taken = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var found = -1;
            for (var j = 0; j < count && found < 0; j++)
            {
                if (!taken[j] && AreEquivalent(run, a[i], b[j])) found = j;
            }
            if (found < 0) return false;
            taken[found] = true;
        }
        return true;
    }

    private static bool AreEquivalent(Run run, object left, object right)
    {
        run.Step();
        if (ReferenceEquals(left, right)) return true;
        var a = SystemValue.Of(left);
        var b = SystemValue.Of(right);
        switch (a, b)
        {
            case (string x, string y): return Normal(x).Equals(Normal(y), StringComparison.OrdinalIgnoreCase);
            case (bool x, bool y): return x == y;
            case (int or decimal, int or decimal): return Rounded(Calculator.Decimal(a), Calculator.Decimal(b));
            case (PathDate x, PathDate y): return DateOrder.AreEquivalent(x, y);
            case (PathQuantity x, _) when PathQuantity.From(b) is { } y: return QuantityOrder.AreEquivalent(x, y);
            case (_, PathQuantity y) when PathQuantity.From(a) is { } x: return QuantityOrder.AreEquivalent(x, y);
            case (Base x, Base y): return SameElements(run, x, y);
            case (null, null): return SameElements(run, (Base)left, (Base)right);
            default: return Equals(a, b);
        }
    }

    /// <summary>Equal once both have the decimals of the less precise one.</summary>
    public static bool Rounded(decimal a, decimal b)
    {
        var digits = Math.Min(a.Scale, b.Scale);
        return Math.Round(a, digits, MidpointRounding.AwayFromZero)
            == Math.Round(b, digits, MidpointRounding.AwayFromZero);
    }

    // Ids of elements are no content.
    private static bool SameElements(Run run, Base a, Base b)
    {
        if (a.TypeDef != b.TypeDef) return false;
        for (var i = a is Element ? 1 : 0; i < a.TypeDef.Count; i++)
        {
            if (!AreEquivalent(run, Items.OfElement(a.Get(i)), Items.OfElement(b.Get(i)))) return false;
        }
        return true;
    }

    private static string Normal(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
