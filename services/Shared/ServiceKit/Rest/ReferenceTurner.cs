using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// Turns the references of a transaction from the names of its entries, and from conditions such as
/// <c>Patient?identifier=…</c>, to resources of the store: http://hl7.org/fhir/R4/http.html#trules
/// </summary>
/// <param name="root">The absolute address of this base.</param>
internal sealed class ReferenceTurner(string root, IReadOnlySet<string> served)
{
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);

    /// <summary>Says where an entry's resource is or will be.</summary>
    public void Name(EntryRequest request, string id)
    {
        if (request.FullUrl is { } url) places[url] = $"{request.Type.Type}/{id}";
    }

    /// <summary>Creates in an order in which each stands behind those that it points to, as far as there is one.</summary>
    public static IReadOnlyList<EntryRequest.Create> TargetsFirst(IEnumerable<EntryRequest.Create> creates)
    {
        List<EntryRequest.Create> all = [.. creates], ordered = [];
        var byUrl = all.Where(create => create.FullUrl is not null)
            .GroupBy(create => create.FullUrl!).ToDictionary(group => group.Key, group => group.First());
        var seen = new HashSet<int>();

        void Visit(EntryRequest.Create create)
        {
            if (!seen.Add(create.Index)) return;
            foreach (var reference in References.In(create.Resource))
                if (reference.Reference is { } name && byUrl.TryGetValue(name, out var target)) Visit(target);
            ordered.Add(create);
        }

        all.ForEach(Visit);
        return ordered;
    }

    /// <summary>Turns the references of a resource; gives a fault for each that leads nowhere.</summary>
    public async Task<IReadOnlyList<FhirIssue>> Turn(
        Session session, Access access, EntryRequest request, Resource resource)
    {
        var faults = new List<FhirIssue>();
        foreach (var reference in References.In(resource))
        {
            if (reference.Reference is not { } name) continue;
            if (places.TryGetValue(name, out var place)) reference.Reference = place;
            else if (IsOfBundle(name))
                faults.Add(Refusal.Issue(
                    IssueType.NotFound, $"{request.Path}.resource", "A reference names no entry of this Bundle."));
            else if (name.Split('?', 2) is [var type, var condition] && served.Contains(type))
                reference.Reference = await Find(session, access, request, type, condition, faults);
        }

        return faults;
    }

    private async Task<string?> Find(
        Session session, Access access, EntryRequest request, string type, string condition, List<FhirIssue> faults)
    {
        var path = $"{request.Path}.resource";
        var (query, refusal) = SearchCondition.Read(condition, type, root, served, path, inAddress: false);
        if (refusal is not null)
        {
            faults.AddRange(refusal.Issues.Select(issue => issue with { Expression = path }));
            return null;
        }

        var matches = (await session.Resources.Search(access, query!)).Matches;
        if (matches is [var match]) return $"{type}/{match.Id}";
        faults.Add(Refusal.Issue(
            matches.Count == 0 ? IssueType.NotFound : IssueType.MultipleMatches, path,
            $"A conditional reference must find one {type}, and finds {(matches.Count == 0 ? "none" : "several")}."));
        return null;
    }

    private static bool IsOfBundle(string name) => name.StartsWith("urn:uuid:", StringComparison.Ordinal)
        || name.StartsWith("urn:oid:", StringComparison.Ordinal);
}
