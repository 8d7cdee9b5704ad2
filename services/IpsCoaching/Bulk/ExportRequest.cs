using System.Globalization;
using Fhir;
using Fhir.Json;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Bulk;

/// <summary>
/// What <c>$export</c> is asked: <c>_type</c> and <c>_since</c> as in Bulk Data; <c>_count</c> cases at once, and in the
/// link to the next of them <c>_after</c>, where the page before ended.
/// </summary>
internal sealed record ExportRequest(
    IReadOnlyList<string> Types, DateTimeOffset Since, int? Count, PageMark? After)
{
    public static (ExportRequest? Request, IReadOnlyList<FhirIssue> Faults) Read(
        IQueryCollection query, IReadOnlyList<string> known)
    {
        List<FhirIssue> faults = [];
        List<string> types = [.. query["_type"].SelectMany(one => one!.Split(','))];
        if (types.Except(known).Any()) Fault("_type", $"The types are {string.Join(", ", known)}.");
        var since = query["_since"] is [{ } text] ? DateInterval.OfSearch(text)?.Start : DateTimeOffset.MinValue;
        if (since is null) Fault("_since", "A day or a time.");
        int? count = null;
        if (query["_count"] is [{ } wanted])
        {
            if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is > 0 and <= SearchQuery.MostAtOnce) count = number;
            else Fault("_count", $"How many cases at once, 1 to {SearchQuery.MostAtOnce}.");
        }

        PageMark? after = null;
        if (query["_after"] is [{ } place])
        {
            if (place.Split('.') is [var time, var id] && Lexical.IsId(id) && count is not null
                && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
                after = new PageMark(micros, id);
            else Fault("_after", "It stands in links only.");
        }

        return faults.Count > 0 ? (null, faults) : (new ExportRequest(types, since!.Value, count, after), []);

        void Fault(string name, string message) =>
            faults.Add(Refusal.Issue(IssueType.Value, "http." + name, message));
    }

    /// <summary>The address of the cases behind a page, beneath that of the operation.</summary>
    public string Behind(PageMark mark, IQueryCollection query) => QueryString.Create(
        query.Where(one => one.Key is "_type" or "_since" or "_count")
            .SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value))
            .Append(KeyValuePair.Create("_after", (string?)string.Create(
                CultureInfo.InvariantCulture, $"{mark.LastUpdated}.{mark.Id}")))).Value!;
}
