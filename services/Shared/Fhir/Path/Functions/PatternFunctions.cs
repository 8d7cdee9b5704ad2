using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Fhir.Path.Nodes;

namespace Fhir.Path.Functions;

/// <summary>
/// Regular expressions. Most run on .NET's engine that never goes back; what it does not know (look-around, back
/// references) runs on the other one, with a limit of 250 ms.
/// </summary>
internal static class PatternFunctions
{
    private const int MostCached = 500;
    private const int LongestPattern = 2000;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);
    private static readonly ConcurrentDictionary<(string Pattern, bool Whole), Regex> Cache = new();

    public static readonly Function[] All =
    [
        new("matches", 1, 1, (in Frame frame, Items input, Node[] a) => Matches(frame, input, a[0], whole: false)),
        new("matchesFull", 1, 1, (in Frame frame, Items input, Node[] a) => Matches(frame, input, a[0], whole: true)),
        new("replaceMatches", 2, 2, Replace),
    ];

    private static Items Matches(in Frame frame, Items input, Node pattern, bool whole)
    {
        if (Singleton.Text(input) is not { } text) return default;
        if (Singleton.Text(pattern.Evaluate(frame)) is not { } expression) return default;
        return Items.Of(frame.Run.Match(Get(expression, whole), text, static (regex, t) => regex.IsMatch(t)));
    }

    private static Items Replace(in Frame frame, Items input, Node[] arguments)
    {
        if (Singleton.Text(input) is not { } text) return default;
        if (Singleton.Text(arguments[0].Evaluate(frame)) is not { } pattern) return default;
        if (Singleton.Text(arguments[1].Evaluate(frame)) is not { } substitute) return default;
        if (pattern.Length == 0) return Items.One(text);
        // A substitute may name the whole match several times.
        Run.Fits((text.Length + 1L) * (1 + substitute.Length));
        return Items.One(frame.Run.Made(
            frame.Run.Match(Get(pattern, whole: false), text, (regex, t) => regex.Replace(t, substitute))));
    }

    private static Regex Get(string pattern, bool whole)
    {
        if (Cache.TryGetValue((pattern, whole), out var known)) return known;
        if (pattern.Length > LongestPattern)
            throw new FhirPathException("The regular expression is too long.", isLimit: true);
        var made = Make(whole ? $@"\A(?:{pattern})\z" : pattern);
        if (Cache.Count < MostCached) Cache.TryAdd((pattern, whole), made);
        return made;
    }

    private static Regex Make(string pattern)
    {
        // A point matches line ends as well, as the specification of matches() says.
        const RegexOptions Options = RegexOptions.Singleline | RegexOptions.CultureInvariant;
        try
        {
            return new(pattern, Options | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            return new(pattern, Options, Limit);
        }
        catch (ArgumentException)
        {
            throw new FhirPathException("The regular expression is malformed.");
        }
    }
}
