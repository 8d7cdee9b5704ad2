namespace Fhir.Path.Values;

/// <summary>
/// `+ - * / div mod`, http://hl7.org/fhirpath/N1/#math. What overflows or divides by zero gives nothing.
/// </summary>
internal static class Calculator
{
    public static decimal Decimal(object number) => number is int whole ? whole : (decimal)number;

    public static object? Apply(string operation, object a, object b)
    {
        try
        {
            return (a, b) switch
            {
                (int x, int y) when operation != "/" => OfIntegers(operation, x, y),
                (int or decimal, int or decimal) => OfDecimals(operation, Decimal(a), Decimal(b)),
                (PathDate date, PathQuantity amount) when operation is "+" or "-" =>
                    DateArithmetic.Add(date, operation == "+" ? amount : amount with { Value = -amount.Value }),
                (PathQuantity x, _) when PathQuantity.From(b) is { } y => QuantityArithmetic.Apply(operation, x, y),
                (_, PathQuantity y) when PathQuantity.From(a) is { } x => QuantityArithmetic.Apply(operation, x, y),
                _ => throw Unfit(),
            };
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    public static FhirPathException Unfit() => new("These values cannot be computed with each other.");

    private static object OfIntegers(string operation, int a, int b) => checked(operation switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "div" => a / b,
        "mod" => a % b,
        _ => throw Unfit(),
    });

    private static object OfDecimals(string operation, decimal a, decimal b) => operation switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "div" => WholeNumber(decimal.Truncate(a / b)),
        "mod" => a % b,
        _ => throw Unfit(),
    };

    // Of N1: div gives an Integer. What is too large for one stays a decimal without a fraction.
    public static object WholeNumber(decimal number) => number is >= int.MinValue and <= int.MaxValue
        ? (int)number
        : throw new OverflowException();
}
