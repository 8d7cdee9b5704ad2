using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.EmployerContracts;

/// <summary>A contract number is its provider's own: another provider may give the same to a contract of its own.</summary>
internal static class ContractNumbers
{
    public static readonly string System = Canonicals.Sid("contract-number");

    /// <summary>Lets changes of contracts run one after the other, so that each sees what the others have stored.</summary>
    public static Task Lock(Session session, Access access) => session.Lock(access, nameof(Contract), "all");

    /// <summary>What is stored of a provider under a number, the newest first: one contract, or none.</summary>
    public static async Task<IReadOnlyList<Contract>> Find(
        Session session, Access access, string provider, string number) =>
        [.. (await session.Resources.FindAll<Contract>(
                access, new SearchClause.Token("identifier", [new TokenValue(System, number)])))
            .Where(contract => ProviderOf(contract) == provider)];

    /// <summary>A fault for each number of a contract that another contract of its provider has.</summary>
    public static async Task<IReadOnlyList<FhirIssue>> Taken(Write<Contract> write)
    {
        List<FhirIssue> faults = [];
        if (ProviderOf(write.Proposed) is not { } provider)
            return faults;
        for (var i = 0; i < write.Proposed.Identifier.Count; i++)
        {
            if (write.Proposed.Identifier[i] is not { Value: { } number } identifier || identifier.System != System)
                continue;
            var others = await Find(write.Session, write.Access, provider, number);
            faults.AddRange(others.Where(other => other.Id != write.Proposed.Id
                && !write.Session.ToBeChanged.Contains((nameof(Contract), other.Id!))).Select(other => Refusal.Issue(
                IssueType.Duplicate, $"Contract.identifier[{i}]",
                $"Contract/{other.Id} of this provider has this number: change that one, or give this one its own.")));
        }

        return faults;
    }

    private static string? ProviderOf(Contract contract) =>
        contract.Authority is [var reference] && reference.TryGetLocal(out _, out var id) ? id : null;
}
