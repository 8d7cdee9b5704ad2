namespace Fhir.Path.Values;

/// <summary>`=`, http://hl7.org/fhirpath/N1/#equals</summary>
internal static class Equality
{
    /// <summary>Null when a side is empty, or when dates or units do not decide it.</summary>
    public static bool? AreEqual(Run run, Items a, Items b)
    {
        if (a.IsEmpty || b.IsEmpty) return null;
        var count = a.Count;
        if (count != b.Count) return false;
        if (count == 1) return AreEqual(run, a[0], b[0]);
        bool? result = true;
        for (var i = 0; i < count; i++)
        {
            var same = AreEqual(run, a[i], b[i]);
            if (same == false) return false;
            result &= same;
        }
        return result;
    }

    public static bool? AreEqual(Run run, object left, object right)
    {
        run.Step();
        if (ReferenceEquals(left, right)) return true;
        var a = SystemValue.Of(left);
        var b = SystemValue.Of(right);
        switch (a, b)
        {
            case (string x, string y): return x == y;
            case (int x, int y): return x == y;
            case (bool x, bool y): return x == y;
            case (int or decimal, int or decimal): return Calculator.Decimal(a) == Calculator.Decimal(b);
            case (PathDate x, PathDate y): return x.IsTime == y.IsTime ? DateOrder.AreEqual(x, y) : false;
            case (PathQuantity x, _) when PathQuantity.From(b) is { } y: return QuantityOrder.AreEqual(x, y);
            case (_, PathQuantity y) when PathQuantity.From(a) is { } x: return QuantityOrder.AreEqual(x, y);
            case (Base x, Base y): return SameElements(run, x, y);
            case (PathType x, PathType y): return x == y;
            case (null, null): return SameElements(run, (Base)left, (Base)right);
            default: return false;
        }
    }

    // Depth is bounded by the reader's limit, so recursion is safe.
    private static bool? SameElements(Run run, Base a, Base b)
    {
        if (a.TypeDef != b.TypeDef) return false;
        bool? result = true;
        for (var i = 0; i < a.TypeDef.Count; i++)
        {
            var same = SameElement(run, Items.OfElement(a.Get(i)), Items.OfElement(b.Get(i)));
            if (same == false) return false;
            result &= same;
        }
        return result;
    }

    private static bool? SameElement(Run run, Items a, Items b)
    {
        if (a.IsEmpty || b.IsEmpty) return a.IsEmpty && b.IsEmpty;
        return AreEqual(run, a, b);
    }
}
