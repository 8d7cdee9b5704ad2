using System.Text;
using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Reads the value of a search parameter: alternatives, escapes, the form of its kind.</summary>
internal static class SearchValues
{
    private const string Identifier = "identifier";

    /// <summary>The condition and how many values it compares with; or null and the fault, without its expression.</summary>
    public static SearchClause? Read(
        IndexedParameter parameter, string modifier, string text, string root, out int count, out FhirIssue? fault)
    {
        fault = null;
        count = 1;
        var name = parameter.Code;
        if (modifier == "missing")
        {
            if (text is "true" or "false") return new SearchClause.Missing(name, text == "true");
            fault = Refusal.Issue(IssueType.Value, "", ":missing must be true or false.");
            return null;
        }

        if (!Takes(parameter, modifier))
        {
            fault = Refusal.Issue(IssueType.NotSupported, "", "This parameter does not take that modifier.");
            return null;
        }

        var texts = Split(text, ',');
        if (modifier == Identifier)
        {
            parameter = parameter with { Kind = IndexKind.Token };
            name += IndexExtractor.ByIdentifier;
        }

        SearchClause? clause = parameter.Kind switch
        {
            IndexKind.Token => All(texts, Token) is { } tokens
                ? new SearchClause.Token(name, tokens, modifier == "not")
                : null,
            IndexKind.Reference => All(texts, one => References(parameter, one, modifier, root)) is { } references
                ? new SearchClause.Reference(name, [.. references.SelectMany(some => some)])
                : null,
            IndexKind.Uri => new SearchClause.Uri(name, [.. texts.Select(Plain)]),
            IndexKind.Text => new SearchClause.Text(name, [.. texts.Select(Plain)], MatchOf(modifier)),
            _ => All(texts, Date) is { } dates ? new SearchClause.Date(name, dates) : null,
        };
        count = clause is SearchClause.Reference { Values.Count: var several } ? several : texts.Count;
        if (clause is null) fault = Refusal.Issue(IssueType.Value, "", FormOf(parameter.Kind));
        return clause;
    }

    private static bool Takes(IndexedParameter parameter, string modifier) => (parameter.Kind, modifier) switch
    {
        (_, "") => true,
        (IndexKind.Token, "not") => true,
        (IndexKind.Text, "exact" or "contains") => true,
        (IndexKind.Reference, Identifier) => true,
        (IndexKind.Reference, _) => ModelInfo.IsResourceType(modifier) && parameter.MayPointTo(modifier),
        _ => false,
    };

    private static TextMatch MatchOf(string modifier) => modifier switch
    {
        "exact" => TextMatch.Exact,
        "contains" => TextMatch.Contains,
        _ => TextMatch.Start,
    };

    private static string FormOf(IndexKind kind) => kind switch
    {
        IndexKind.Token => "The value must be a code, system|code, system| or |code.",
        IndexKind.Reference => "The value must be Type/id, an id or an absolute address.",
        _ => "The value must be a date such as 2026-05, ge2026-05-01 or 2026-05-01T08:00:00Z.",
    };

    // Null as soon as one of them is not of the form.
    private static List<T>? All<T>(List<string> texts, Func<string, T?> read) where T : class
    {
        var result = texts.Select(read).OfType<T>().ToList();
        return result.Count == texts.Count ? result : null;
    }

    // A backslash takes the next character as it is, so that it separates nothing; it is taken away by Plain.
    private static List<string> Split(string text, char separator, int most = int.MaxValue)
    {
        var result = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length && result.Count + 1 < most; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == separator)
            {
                result.Add(text[start..i]);
                start = i + 1;
            }
        }

        result.Add(text[start..]);
        return result;
    }

    private static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static TokenValue? Token(string text) => Split(text, '|', 2) switch
    {
        ["", ""] or [""] => null,
        [var system, ""] => new TokenValue(Plain(system), null),
        [var system, var code] => new TokenValue(Plain(system), Plain(code)),
        _ => new TokenValue(null, Plain(text)),
    };

    private static IReadOnlyList<TokenValue>? References(
        IndexedParameter parameter, string text, string modifier, string root)
    {
        var address = Plain(text);
        var local = address.StartsWith(root + "/", StringComparison.Ordinal) ? address[(root.Length + 1)..] : address;
        if (new ResourceReference(local).TryGetLocal(out var type, out var id))
        {
            var target = new TokenValue(type, id);
            return local == address ? [target] : [target, new TokenValue("", address)];
        }

        if (Uri.TryCreate(address, UriKind.Absolute, out _) && address.Contains(':', StringComparison.Ordinal))
            return [new TokenValue("", address)];
        if (!Fhir.Json.Lexical.IsId(address)) return null;
        if (modifier.Length > 0) return [new TokenValue(modifier, address)];
        return parameter.Targets.Count == 0
            ? [new TokenValue(null, address)]
            : [.. parameter.Targets.Select(target => new TokenValue(target, address))];
    }

    private static DateValue? Date(string text)
    {
        text = Plain(text);
        var comparator = text.Length > 2 && char.IsAsciiLetter(text[0]) ? text[..2] : "";
        if (comparator is not ("" or "eq" or "ne" or "lt" or "le" or "gt" or "ge" or "sa" or "eb" or "ap")) return null;
        return DateInterval.OfSearch(text[comparator.Length..]) is { } interval
            ? new DateValue(
                comparator.Length > 0 ? comparator : "eq", Micros.From(interval.Start), Micros.From(interval.End))
            : null;
    }
}
