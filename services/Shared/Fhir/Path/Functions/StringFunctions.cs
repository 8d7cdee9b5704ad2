using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#string-manipulation</summary>
internal static class StringFunctions
{
    public static readonly Function[] All =
    [
        Of("length", text => text.Length),
        Of("upper", text => text.ToUpperInvariant()),
        Of("lower", text => text.ToLowerInvariant()),
        Of("trim", text => text.Trim()),
        With("startsWith", (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        With("endsWith", (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        With("contains", (text, part) => text.Contains(part, StringComparison.Ordinal)),
        With("indexOf", (text, part) => text.IndexOf(part, StringComparison.Ordinal)),
        With("lastIndexOf", (text, part) => text.LastIndexOf(part, StringComparison.Ordinal)),
        new("substring", 1, 2, Substring),
        new("replace", 2, 2, Replace),
        new("toChars", 0, 0, ToChars),
        new("split", 1, 1, Split),
        new("join", 0, 1, Join),
    ];

    public static Function Of(string name, Func<string, object?> body) => new(name, 0, 0,
        (in Frame frame, Items input, Node[] _) => Singleton.Text(input) is { } text
            ? Result(frame, body(text))
            : default);

    public static Function With(string name, Func<string, string, object?> body) => new(name, 1, 1,
        (in Frame frame, Items input, Node[] arguments) =>
            Singleton.Text(input) is { } text && Singleton.Text(arguments[0].Evaluate(frame)) is { } argument
                ? Result(frame, body(text, argument))
                : default);

    private static Items Result(in Frame frame, object? result) => result switch
    {
        bool known => Items.Of(known),
        string text => Items.One(frame.Run.Made(text)),
        _ => Items.One(result),
    };

    private static Items Substring(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(input) is not { } text) return default;
        if (Singleton.Int(arguments[0].Evaluate(frame)) is not { } start) return default;
        if (start < 0 || start >= text.Length) return default;
        var rest = text.Length - start;
        var length = arguments.Length > 1 ? Singleton.Int(arguments[1].Evaluate(frame)) ?? rest : rest;
        return Items.One(frame.Run.Made(text.Substring(start, Math.Clamp(length, 0, rest))));
    }

    private static Items Replace(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(input) is not { } text) return default;
        if (Singleton.Text(arguments[0].Evaluate(frame)) is not { } pattern) return default;
        if (Singleton.Text(arguments[1].Evaluate(frame)) is not { } substitute) return default;
        Run.Fits((text.Length + 1L) * (1 + substitute.Length));
        if (pattern.Length > 0)
            return Items.One(frame.Run.Made(text.Replace(pattern, substitute, StringComparison.Ordinal)));
        // An empty pattern stands before, between and behind all characters.
        return Items.One(frame.Run.Made(substitute + string.Concat(text.Select(c => c + substitute))));
    }

    private static Items ToChars(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(input) is not { } text) return default;
        frame.Run.Step(text.Length);
        return Items.Of(text.Select(c => (object)c.ToString()).ToList());
    }

    private static Items Split(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(input) is not { } text) return default;
        if (Singleton.Text(arguments[0].Evaluate(frame)) is not { } separator) return default;
        frame.Run.Step(text.Length);
        return Items.Of(text.Split(separator).ToList<object>());
    }

    private static Items Join(in Frame frame, Items input, Node[] arguments)
    {
        var separator = arguments.Length > 0 ? Singleton.Text(arguments[0].Evaluate(frame)) ?? "" : "";
        var texts = new List<string>(input.Count);
        var length = 0L;
        for (var i = 0; i < input.Count; i++)
        {
            if (SystemValue.Of(input[i]) is not { } value) continue;
            texts.Add(value as string ?? throw new FhirPathException("join() needs strings."));
            length += texts[^1].Length + separator.Length;
        }
        Run.Fits(length);
        return texts.Count == 0 ? default : Items.One(frame.Run.Made(string.Join(separator, texts)));
    }
}
