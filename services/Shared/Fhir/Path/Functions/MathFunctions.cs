using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#math-1; what has no result, or none that fits, gives nothing.</summary>
internal static class MathFunctions
{
    public static readonly Function[] All =
    [
        Of("abs", number => number is int whole ? Math.Abs(whole) : Math.Abs((decimal)number)),
        Of("ceiling", number => Calculator.WholeNumber(decimal.Ceiling(Calculator.Decimal(number)))),
        Of("floor", number => Calculator.WholeNumber(decimal.Floor(Calculator.Decimal(number)))),
        Of("truncate", number => Calculator.WholeNumber(decimal.Truncate(Calculator.Decimal(number)))),
        Of("exp", number => (decimal)Math.Exp(Double(number))),
        Of("ln", number => (decimal)Math.Log(Double(number))),
        Of("sqrt", number => (decimal)Math.Sqrt(Double(number))),
        new("log", 1, 1, (in Frame frame, Items input, Node[] a) =>
            Apply(input, a[0].Evaluate(frame), (x, y) => (decimal)(Math.Log(Double(x)) / Math.Log(Double(y))))),
        new("power", 1, 1, (in Frame frame, Items input, Node[] a) => Apply(input, a[0].Evaluate(frame), Power)),
        new("round", 0, 1, Round),
    ];

    private static double Double(object number) => (double)Calculator.Decimal(number);

    private static Function Of(string name, Func<object, object> body) => new(name, 0, 0,
        (in Frame _, Items input, Node[] _) => Singleton.Value(input) switch
        {
            null => default,
            PathQuantity quantity when name == "abs" =>
                Items.One(quantity with { Value = Math.Abs(quantity.Value) }),
            var value => Items.One(Guarded(() => body(Number(value)))),
        });

    private static Items Apply(Items input, Items argument, Func<object, object, object> body)
    {
        if (Singleton.Value(input) is not { } a || Singleton.Value(argument) is not { } b) return default;
        return Items.One(Guarded(() => body(Number(a), Number(b))));
    }

    private static object Number(object value) => value is int or decimal
        ? value
        : throw new FhirPathException("A number is needed here.");

    // The square root of a negative number is no decimal, and neither is what is too large for one.
    private static object? Guarded(Func<object> compute)
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static object Power(object a, object b)
    {
        var result = (decimal)Math.Pow(Double(a), Double(b));
        return a is int && b is int and >= 0 && decimal.Truncate(result) == result
            ? Calculator.WholeNumber(result)
            : result;
    }

    private static Items Round(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Value(input) is not { } value) return default;
        var digits = arguments.Length > 0 ? Singleton.Int(arguments[0].Evaluate(frame)) ?? 0 : 0;
        if (digits < 0) throw new FhirPathException("round() needs a number of digits from 0 on.");
        var number = Calculator.Decimal(Number(value));
        return Items.One(Math.Round(number, Math.Min(digits, 28), MidpointRounding.AwayFromZero));
    }
}
