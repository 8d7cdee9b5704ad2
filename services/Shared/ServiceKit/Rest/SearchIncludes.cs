using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What comes along with the matches: http://hl7.org/fhir/R4/search.html#include</summary>
internal static class SearchIncludes
{
    private const string Forward = "_include", Reverse = "_revinclude", Any = "*";

    public static bool Knows(string name) => name is Forward or Reverse;

    /// <summary>The reference that is followed, or null and why not.</summary>
    public static Include? Read(string type, IReadOnlySet<string> served, SearchInput input, out string fault)
    {
        fault = $"The value must be {(input.Key == Reverse ? "Type" : type)}:reference or {type}:reference:Type, with a "
            + "type and a reference of this base; references are followed once.";
        var parts = input.Value == Any && input.Key == Forward ? [type, Any] : input.Value.Split(':');
        if (parts.Length is not (2 or 3) || !served.Contains(parts[0])) return null;
        var (from, param, target) = (parts[0], parts[1], parts.ElementAtOrDefault(2));
        return input.Key switch
        {
            Forward when from == type && Leads(from, param, target) =>
                new Include(from, param == Any ? null : param, target, Reverse: false),
            Reverse when param != Any && Leads(from, param, type) && (target is null || target == type) =>
                new Include(from, param, null, Reverse: true),
            _ => null,
        };
    }

    private static bool Leads(string type, string param, string? target) => param == Any
        ? target is null && SearchParameters.ReferencesOf(type).Any()
        : SearchParameters.Find(type, param) is { Kind: IndexKind.Reference } reference
            && (target is null || reference.MayPointTo(target));
}
