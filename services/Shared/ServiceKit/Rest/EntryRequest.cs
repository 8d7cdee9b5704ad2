using Fhir;
using Fhir.Json;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What one entry of a transaction or batch asks for.</summary>
internal abstract record EntryRequest(int Index, ServedType Type, string? FullUrl)
{
    /// <summary>Where the entry stands, for issues.</summary>
    public string Path => PathOf(Index);

    public static string PathOf(int index) => $"Bundle.entry[{index}]";

    /// <summary>A create; <paramref name="Unless"/> is what must not be there yet.</summary>
    public sealed record Create(int Index, ServedType Type, string? FullUrl, Resource Resource, SearchQuery? Unless)
        : EntryRequest(Index, Type, FullUrl);

    /// <summary>An update of the version <paramref name="Expected"/>, or of any.</summary>
    public sealed record Update(int Index, ServedType Type, string? FullUrl, Resource Resource, long? Expected)
        : EntryRequest(Index, Type, FullUrl);

    public sealed record Read(int Index, ServedType Type, string Id) : EntryRequest(Index, Type, null);

    public sealed record Search(int Index, ServedType Type, IReadOnlyList<SearchInput> Inputs)
        : EntryRequest(Index, Type, null);
}

/// <summary>Reads what the entries of a Bundle ask for; every fault is listed.</summary>
/// <param name="root">The absolute address of this base.</param>
internal sealed class EntryReader(string root, IReadOnlyList<ServedType> types, IReadOnlySet<string> served)
{
    private readonly List<FhirIssue> issues = [];

    /// <summary>The requests in the order of the Bundle, and for each entry that is none its faults.</summary>
    public static (IReadOnlyList<EntryRequest> Requests, ILookup<int, FhirIssue> Faults) Read(
        Bundle bundle, string root, IReadOnlyList<ServedType> types, IReadOnlySet<string> served)
    {
        var requests = new List<EntryRequest>();
        var faults = new List<(int Index, FhirIssue Issue)>();
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var reader = new EntryReader(root, types, served);
            if (reader.Read(bundle.Entry[i], i) is { } request && reader.issues.Count == 0) requests.Add(request);
            faults.AddRange(reader.issues.Select(issue => (i, issue)));
        }

        return (requests, faults.ToLookup(fault => fault.Index, fault => fault.Issue));
    }

    private EntryRequest? Read(Bundle.EntryComponent entry, int index)
    {
        var path = EntryRequest.PathOf(index);
        if (entry.Request is not { Method: { } method, Url: { } url } request)
        {
            Fault(IssueType.Required, $"{path}.request", "Every entry needs a request with method and url.");
            return null;
        }

        var (address, query) = url.Split('?', 2) is [var head, var tail] ? (head, tail) : (url, null);
        if (address.StartsWith(root + "/", StringComparison.Ordinal)) address = address[(root.Length + 1)..];
        var parts = address.TrimStart('/').Split('/');
        if (types.FirstOrDefault(candidate => candidate.Type == parts[0]) is not { } type)
        {
            Fault(IssueType.NotSupported, $"{path}.request.url", "The url must be a type of this base, or Type/id.");
            return null;
        }

        return (method, parts.Length, query) switch
        {
            (HTTPVerb.POST, 1, null) => Create(entry, index, type, request.IfNoneExist),
            (HTTPVerb.PUT, 2, null) => Update(entry, index, type, parts[1], request.IfMatch),
            (HTTPVerb.GET, 1, _) => new EntryRequest.Search(
                index, type, [.. SearchCondition.Inputs(query ?? "", inAddress: false)]),
            (HTTPVerb.GET, 2, null) => new EntryRequest.Read(index, type, parts[1]),
            _ => Unknown(path),
        };
    }

    private EntryRequest.Create? Create(Bundle.EntryComponent entry, int index, ServedType type, string? condition)
    {
        if (Body(entry, index, type) is not { } resource) return null;
        if (condition is null) return new EntryRequest.Create(index, type, entry.FullUrl, resource, null);
        // A Bundle is no address: here a person may be looked for by identity code.
        var path = $"{EntryRequest.PathOf(index)}.request.ifNoneExist";
        var (unless, refusal) = SearchCondition.Read(condition, type.Type, root, served, path, inAddress: false);
        if (refusal is not null) issues.AddRange(refusal.Issues.Select(issue => issue with { Expression = path }));
        return new EntryRequest.Create(index, type, entry.FullUrl, resource, unless);
    }

    private EntryRequest.Update? Update(
        Bundle.EntryComponent entry, int index, ServedType type, string id, string? expected)
    {
        if (Body(entry, index, type) is not { } resource) return null;
        if (resource.Id != id)
        {
            Fault(IssueType.Value, $"{EntryRequest.PathOf(index)}.resource.id", "The id must be that of the url.");
            return null;
        }

        return new EntryRequest.Update(
            index, type, entry.FullUrl, resource, expected is null ? null : FhirHttp.VersionOf(expected));
    }

    private Resource? Body(Bundle.EntryComponent entry, int index, ServedType type)
    {
        var path = EntryRequest.PathOf(index);
        if (type.Rule is null)
            Fault(IssueType.NotSupported, $"{path}.request.url", $"{type.Type} is not written by REST at this base.");
        else if (entry.Resource is null)
            Fault(IssueType.Required, $"{path}.resource", "A create or update needs a resource.");
        else if (entry.Resource.TypeName != type.Type)
            Fault(IssueType.Invalid, $"{path}.resource", $"The resource must be a {type.Type}, as the url says.");
        else return entry.Resource;
        return null;
    }

    private EntryRequest? Unknown(string path)
    {
        Fault(IssueType.NotSupported, $"{path}.request",
            "An entry is a POST of a type, a PUT of Type/id, a GET of Type/id, or a GET of a search.");
        return null;
    }

    private void Fault(IssueType code, string expression, string message) =>
        issues.Add(Refusal.Issue(code, expression, message));
}
