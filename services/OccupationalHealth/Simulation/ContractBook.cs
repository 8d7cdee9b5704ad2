using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>The contracts of an alternative, by employer, in the order in which a placement evaluates them.</summary>
internal sealed class ContractBook(string name, IEnumerable<ContractScope> contracts)
{
    private readonly Dictionary<string, ContractScope[]> byEmployer = contracts
        .GroupBy(contract => contract.Employer, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => group.OrderBy(one => one.From).ThenBy(one => one.ContractId, StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);

    public string Name => name;

    public IReadOnlyCollection<string> Employers => byEmployer.Keys;

    public IReadOnlyList<ContractScope> Of(SimulatedCase one)
    {
        IReadOnlyList<ContractScope> found = one.Employers is [var only]
            ? byEmployer.GetValueOrDefault(only, [])
            : [.. one.Employers.Distinct(StringComparer.Ordinal)
                .SelectMany(employer => byEmployer.GetValueOrDefault(employer, []))];
        return one.Used is { } used && found.Count > 0 ? [.. found.Select(contract => With(contract, used))] : found;
    }

    private static ContractScope With(ContractScope contract, IReadOnlyDictionary<string, int> used) => contract with
    {
        Methods = [.. contract.Methods.Select(method => method with { Used = used.GetValueOrDefault(method.Code) })],
    };
}
