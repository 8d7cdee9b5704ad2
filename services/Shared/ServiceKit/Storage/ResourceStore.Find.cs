using System.Runtime.InteropServices;
using Fhir;

namespace ServiceKit.Storage;

/// <summary>What is found by its values.</summary>
public sealed partial class ResourceStore
{
    /// <summary>The newest resource of a type whose search parameter holds exactly this token, or null.</summary>
    public async Task<T?> FindByToken<T>(Access access, string param, string system, string value)
        where T : Resource, new()
    {
        var query = new SearchQuery(new T().TypeName)
        {
            Clauses = [new SearchClause.Token(param, [new TokenValue(system, value)])],
            Count = 1,
        };
        return (await Search(access, query)).Matches.FirstOrDefault()?.As<T>();
    }

    /// <summary>The newest resource of a type that is stored under an identifier, or null.</summary>
    public async Task<T?> FindByIdentifier<T>(Access access, string system, string value) where T : Resource, new()
    {
        var wanted = (new T().TypeName, system, value);
        return (await FindByIdentifiers(access, [wanted]))[wanted].FirstOrDefault() is { } id
            ? await Get<T>(access, id)
            : null;
    }

    /// <summary>
    /// The ids of what is stored under identifiers, the newest first; one question for all that was not found before.
    /// </summary>
    public async Task<ILookup<(string Type, string System, string Value), string>> FindByIdentifiers(
        Access access, IReadOnlyCollection<(string Type, string System, string Value)> wanted)
    {
        List<Identified> unknown =
            [.. wanted.Distinct().Select(one => new Identified(access, one)).Where(one => !identified.ContainsKey(one))];
        foreach (var (key, row) in await session.Registers.Find<Identified, Row>(
            unknown, one => one.Named.Type, some => AskForIdentifiers(access, some)))
        {
            seen.Remove((access, row.Type, row.Id));
            closed[(access, row.Type, row.Id)] = row;
            var ids = CollectionsMarshal.GetValueRefOrAddDefault(identified, key, out _) ??= [];
            if (ids is [] && session.IsTrial && !session.Registers.Keeps(row.Type))
                session.Registers.Suppose(SupposedOf(key), row.Id);
            ids.Add(row.Id);
        }

        return wanted.Distinct()
            .SelectMany(one => identified.GetValueOrDefault(new Identified(access, one), []).Select(id => (one, id)))
            .ToLookup(pair => pair.one, pair => pair.id);
    }

    /// <summary>
    /// Where a trial has found what stands under an identifier, shortly before; it may stand elsewhere by now.
    /// </summary>
    public string? FoundBefore(Access access, string type, string system, string value) =>
        session.Registers.Supposed(SupposedOf(new Identified(access, (type, system, value))));

    // Nobody's identity code stays in memory.
    private Supposed SupposedOf(Identified one) => new(one with
    {
        Named = one.Named with { Value = session.Keys.Value(one.Named.System, one.Named.Value) },
    });

    private async Task<IReadOnlyList<(Identified, Row)>> AskForIdentifiers(
        Access access, IReadOnlyCollection<Identified> wanted)
    {
        if (wanted.Count == 0) return [];
        // As the index holds them: identity codes stand there as their hash.
        var asked = wanted.ToLookup(one =>
            (one.Named.Type, one.Named.System, Value: session.Keys.Value(one.Named.System, one.Named.Value)));
        var values = new Dictionary<string, object?>
        {
            ["Tenant"] = access.Tenant, ["Organisation"] = access.Organisation,
        };
        var rows = asked.Select((one, i) =>
        {
            (values[$"t{i}"], values[$"s{i}"], values[$"v{i}"]) = one.Key;
            values[$"k{i}"] = ValueKey.Of(one.Key.Type, IndexExtractor.Identifier, one.Key.Value);
            return $"(@k{i}, @t{i}, @s{i}, @v{i})";
        });
        var found = await session.Query<IdentifierRow>(
            $"""
            with wanted (key, type, system, value) as (values {string.Join(", ", rows)}),
            found as materialized (
                select s.type, s.id, s.system, s.value from wanted w join search_index s on s.key = w.key
                where coalesce(s.type = w.type and s.param = '{IndexExtractor.Identifier}'
                    and s.value = w.value and s.system = w.system, false))
            select r.type, r.id, f.system, f.value, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from found f join resource r on r.type = f.type and r.id = f.id
            join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where {Visible(access)} order by r.last_updated desc, r.id desc
            """,
            values);
        return [.. found.SelectMany(row => asked[(row.Type, row.System, row.Value)], (row, one) => (one, (Row)row))];
    }

    /// <summary>All resources of a type that point with a search parameter to a resource, the newest first.</summary>
    public Task<IReadOnlyList<T>> FindByReference<T>(Access access, string param, string type, string id)
        where T : Resource, new() => FindAll<T>(access, new SearchClause.Reference(param, [new TokenValue(type, id)]));

    /// <summary>All resources of a type that match, the newest first, however many there are.</summary>
    public async Task<IReadOnlyList<T>> FindAll<T>(Access access, params IReadOnlyList<SearchClause> clauses)
        where T : Resource, new()
    {
        List<T> all = [];
        await foreach (var match in SearchAll(access, All<T>(clauses))) all.Add(match.As<T>());
        return all;
    }

    /// <summary>
    /// Tells, in a trial, that all that match are likely to be asked for by these very clauses: they come along with the next
    /// question.
    /// </summary>
    public void Expect<T>(Access access, IReadOnlyList<SearchClause> clauses) where T : Resource, new()
    {
        var query = All<T>(clauses);
        if (SearchRunner.Expect(session, access, query) is { } one) expected[(access, query)] = one;
    }

    private static SearchQuery All<T>(IReadOnlyList<SearchClause> clauses) where T : Resource, new() =>
        new(new T().TypeName) { Clauses = clauses, Count = SearchQuery.MostAtOnce };

    /// <summary>All that a query finds, however many there are; so many are held at once as its pages are long.</summary>
    public async IAsyncEnumerable<StoredResource> SearchAll(Access access, SearchQuery query)
    {
        for (var next = query; next is not null;)
        {
            var page = await Search(access, next);
            foreach (var match in page.Matches) yield return match;
            next = page.Next is { } mark ? query with { After = mark } : null;
        }
    }

    /// <summary>Searches the newest versions, the newest first.</summary>
    public async Task<SearchPage> Search(Access access, SearchQuery query)
    {
        var page = expected.Remove((access, query), out var come) && come.Rows is { } rows
            ? SearchRunner.Page(session, query, rows)
            : await SearchRunner.Run(session, access, query);
        foreach (var match in page.Matches) seen[(access, match.Type, match.Id)] = match;
        return page;
    }

    /// <summary>What is looked for by its identifier, and who looks.</summary>
    private sealed record Identified(Access Access, (string Type, string System, string Value) Named);

    /// <summary>What was found by its identifier lately, apart from what is kept of registers.</summary>
    private sealed record Supposed(Identified One);

    private sealed class IdentifierRow : Row
    {
        public string System { get; init; } = "";

        public string Value { get; init; } = "";
    }
}
