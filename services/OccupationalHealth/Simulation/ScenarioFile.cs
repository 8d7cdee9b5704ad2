using System.Text.Json;
using System.Text.Json.Serialization;

namespace OccupationalHealth.Simulation;

/// <summary>The first line of a simulation, as it is written. What has to be there is checked by <see cref="ReadScenario"/>.</summary>
/// <param name="Contracts">By name: a list of contracts, or <c>"stored"</c>.</param>
/// <param name="Catalogues">By name: a list of units, or <c>"stored"</c>.</param>
internal sealed record ScenarioFile(
    string? From, string? Until, IReadOnlyDictionary<string, JsonElement>? Contracts,
    IReadOnlyDictionary<string, JsonElement>? Catalogues)
{
    public const string Stored = "stored";

    /// <summary>What is written and not known is a fault, so that a misspelt member is no silent default.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    internal sealed record ContractLine(
        string? Id, string? Employer, string? Provider, string? Scope, string? From, string? Until,
        IReadOnlyList<MethodLine?>? Methods, Days? WorkplaceSurvey, Days? ActionPlan);

    internal sealed record MethodLine(string? Code, int? Quota);

    internal sealed record Days(string? From, string? Until);

    internal sealed record UnitLine(
        string? Id, string? Place, string? Region, string? Provider, IReadOnlyList<string?>? Methods, int? MinAge,
        int? MaxAge, IReadOnlyList<MunicipalityLine?>? Municipalities, string? Capacity, int? WaitingDays);

    internal sealed record MunicipalityLine(string? Code, string? From, string? Until);
}
