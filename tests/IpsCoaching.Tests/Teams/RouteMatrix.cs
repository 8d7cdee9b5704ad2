using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Fhir;
using Fhir.Json;
using Messages;

namespace IpsCoaching.Tests.Teams;

/// <summary>What a service says that it serves, and all that another team has in it.</summary>
internal sealed class RouteMatrix
{
    /// <summary>The id of nothing.</summary>
    public const string Absent = "00000000-0000-7000-8000-000000000000";

    private IReadOnlyList<IndexedValue> indexed = [];

    public required HttpClient All { get; init; }

    public required HttpClient Ours { get; init; }

    public required IReadOnlyList<CapabilityStatement.ResourceComponent> Types { get; init; }

    /// <summary>What the other team has.</summary>
    public required IReadOnlyList<Resource> Resources { get; init; }

    public required IReadOnlySet<string> Ids { get; init; }

    /// <summary>The operations at the base.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    public IEnumerable<string> OtherOperations => Types.SelectMany(type => type.Operation.Where(one => one.Name != "validate")
        .Select(one => $"{type.Type!.Value.GetLiteral()}/${one.Name}"));

    /// <summary>The parameters for which a value was there to search by.</summary>
    public HashSet<string> Searches { get; } = [];

    public static async Task<RouteMatrix> Make(RunningIps ips, HttpClient all, HttpClient ours, HttpClient theirs)
    {
        var statement = await RunningIps.Read<CapabilityStatement>(
            await all.GetAsync("metadata"), System.Net.HttpStatusCode.OK);
        var types = statement.Rest[0].Resource.Where(one => one.Versioning == ResourceVersionPolicy.Versioned).ToList();
        List<Resource> resources = [];
        foreach (var type in types)
        {
            var name = type.Type!.Value.GetLiteral();
            var shared = await TwoTeams.Sees(ours, name + "?_count=100");
            foreach (var one in (await TwoTeams.Sees(theirs, name + "?_count=100")).Except(shared))
                resources.Add(FhirJson.Read(await all.GetByteArrayAsync(one)).Resource!);
        }

        return new RouteMatrix
        {
            All = all, Ours = ours, Types = types, Resources = resources,
            Ids = resources.Select(one => one.Id!).ToHashSet(StringComparer.Ordinal),
            Operations = [.. statement.Rest[0].Operation.Select(one => one.Name!)
                .Where(one => one is not "process-message")],
            indexed = await ips.Indexed(),
        };
    }

    /// <summary>Up to three values under which theirs stand, as a search has them.</summary>
    public IEnumerable<string> ValuesOf(string type, CapabilityStatement.SearchParamComponent parameter)
    {
        var values = indexed.Where(one => one.Type == type && Ids.Contains(one.Id) && one.Param == parameter.Name)
            // Identity codes stand there as their hash.
            .Where(one => one.System != Systems.IdentityCode)
            .Select(one => parameter.Type!.Value switch
            {
                SearchParamType.Date => "ge1900-01-01",
                SearchParamType.Reference => one.System is null ? null : $"{one.System}/{one.Value}",
                SearchParamType.Token => one.System is null ? one.Value : $"{one.System}|{one.Value}",
                _ => one.Value,
            }).OfType<string>().Distinct().Take(2).Select(Uri.EscapeDataString).ToList();
        if (values.Count > 0) Searches.Add($"{type}?{parameter.Name}");
        return values;
    }

    /// <summary>What theirs points to by a parameter, as Type/id.</summary>
    public IReadOnlyList<string> TargetsOf(string type, string parameter) =>
    [
        .. indexed.Where(one => one.Type == type && one.Param == parameter && Ids.Contains(one.Id))
            .Where(one => Types.Any(served => served.Type!.Value.GetLiteral() == one.System))
            .Select(one => $"{one.System}/{one.Value}").Distinct().Take(2),
    ];

    public async Task<bool> Tells(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var text = await response.Content.ReadAsStringAsync();
        return Ids.Any(id => text.Contains($"fhir/{id}", StringComparison.Ordinal)
            || text.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal));
    }

    /// <summary>That none of theirs comes.</summary>
    public async Task TellsNothing(Task<HttpResponseMessage> asked)
    {
        var path = (await asked).RequestMessage!.RequestUri;
        Assert.False(await Tells(asked), $"{path} gives out what another team has.");
    }

    /// <summary>That what theirs is and what is not there are answered to the letter the same.</summary>
    public async Task Alike(string id, Func<string, Task<HttpResponseMessage>> ask)
    {
        using var there = await ask(id);
        using var none = await ask(Absent);
        var (one, other) = (await TextOf(there), await TextOf(none));
        Assert.True(one == other, $"{there.RequestMessage!.Method} {there.RequestMessage.RequestUri}: {one} is not {other}");
    }

    public string Text(string json, string id) => id == Absent ? WithoutTheirs(json) : json;

    public ByteArrayContent Body(string json, string id) => new(Encoding.UTF8.GetBytes(Text(json, id)))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/fhir+json") },
    };

    private string WithoutTheirs(string text) =>
        Ids.Aggregate(text, (now, id) => now.Replace(id, Absent, StringComparison.Ordinal));

    private async Task<string> TextOf(HttpResponseMessage response) => $"{(int)response.StatusCode} " + Regex.Replace(
        WithoutTheirs(await response.Content.ReadAsStringAsync()), "_sealed=[^\"]*|\"lastUpdated\":\"[^\"]*\"", "",
        RegexOptions.None, TimeSpan.FromSeconds(1));
}
