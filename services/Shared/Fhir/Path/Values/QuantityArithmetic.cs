namespace Fhir.Path.Values;

/// <summary>Sums, products and quotients of quantities.</summary>
internal static class QuantityArithmetic
{
    public static PathQuantity? Apply(string operation, PathQuantity a, PathQuantity b) => operation switch
    {
        "+" => Sum(a, b, 1),
        "-" => Sum(a, b, -1),
        "*" => new(a.Value * b.Value, Product(Code(a), Code(b))),
        "/" => b.Value == 0 ? null : new(a.Value / b.Value, Quotient(Code(a), Code(b))),
        _ => throw Calculator.Unfit(),
    };

    private static PathQuantity? Sum(PathQuantity a, PathQuantity b, int sign) =>
        QuantityOrder.Convert(b, a) is { } converted ? a with { Value = a.Value + sign * converted } : null;

    private static string Product(string a, string b)
    {
        if (a == PathQuantity.One) return b;
        return b == PathQuantity.One ? a : $"{Term(a)}.{Term(b)}";
    }

    private static string Quotient(string a, string b)
    {
        if (b == PathQuantity.One) return a;
        return a == b ? PathQuantity.One : $"{Term(a)}/{Term(b)}";
    }

    private static string Term(string unit) => unit.AsSpan().ContainsAny('.', '/') ? $"({unit})" : unit;

    private static string Code(PathQuantity quantity)
    {
        if (quantity.IsOpaque) throw Calculator.Unfit();
        return quantity.IsCalendar ? CalendarUnits.Ucum(CalendarUnits.Singular(quantity.Unit)!) : quantity.Unit;
    }
}
