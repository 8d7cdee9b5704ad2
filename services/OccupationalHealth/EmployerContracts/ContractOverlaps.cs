using Fhir;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// On one day one contract of an employer with a provider holds; an amendment begins the day after the former ends.
/// </summary>
internal static class ContractOverlaps
{
    /// <summary>The contracts of an employer that are stored and count, and are not about to be changed.</summary>
    public static async Task<IReadOnlyList<ContractScope>> Stored(Session session, Access access, string employer) =>
        [.. (await session.Resources.FindByReference<Contract>(access, "subject", "Organization", employer))
            .Where(other => FindContracts.IsAgreed(other) && !session.ToBeChanged.Contains((nameof(Contract), other.Id!)))
            .Select(contract => ContractReading.Read(contract).Scope).OfType<ContractScope>()];

    /// <summary>A fault for each other contract that holds on a day on which this one does.</summary>
    /// <param name="others">Each with the words for it, such as <c>Line 2</c>.</param>
    public static IEnumerable<FhirIssue> Of(
        ContractScope scope, IEnumerable<(string Name, ContractScope Scope)> others) =>
        others.Where(other => other.Scope.ContractId != scope.ContractId
                && other.Scope.Employer == scope.Employer && other.Scope.Provider == scope.Provider
                && scope.Overlaps(other.Scope))
            .Select(other => Refusal.Issue(IssueType.Conflict, "Contract.applies",
                $"{other.Name} holds from {other.Scope.From:yyyy-MM-dd} "
                + (other.Scope.Until is { } until ? $"to {until:yyyy-MM-dd}" : "on")
                + ": end it before the day on which this one begins."));
}
