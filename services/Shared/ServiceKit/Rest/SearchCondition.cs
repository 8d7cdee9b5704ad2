using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>A search that is to find one resource or none: http://hl7.org/fhir/R4/http.html#ccreate</summary>
internal static class SearchCondition
{
    /// <summary>The search that a condition such as <c>identifier=system|value</c> means, or why it is none.</summary>
    /// <param name="expression">Where the condition stands.</param>
    /// <param name="inAddress">Whether it ends up in logs, as addresses and headers do.</param>
    public static (SearchQuery? Query, Refusal? Refusal) Read(
        string condition, string type, string root, IReadOnlySet<string> served, string expression, bool inAddress)
    {
        var reading = new SearchReader(type, root, served, lenient: false).Read(Inputs(condition, inAddress));
        if (reading.Issues.Count > 0) return (null, Refusal.BadRequest(reading.Issues));
        // What chooses nothing would match whatever is stored.
        return reading.Query.Clauses.Count > 0
            ? (new SearchQuery(type) { Clauses = reading.Query.Clauses, Count = 2 }, null)
            : (null, Refusal.BadRequest(Refusal.Issue(
                IssueType.Required, expression, "The condition must name a search parameter.")));
    }

    /// <summary>The parameters behind the question mark of an address.</summary>
    public static IEnumerable<SearchInput> Inputs(string query, bool inAddress) =>
        query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2).Select(Uri.UnescapeDataString).ToArray())
            .Select(pair => new SearchInput(pair[0], pair.ElementAtOrDefault(1) ?? "", inAddress));
}
