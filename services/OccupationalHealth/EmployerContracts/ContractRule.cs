using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.EmployerContracts;

/// <summary>An employer's contract is stored only when placement can read it; every fault is named.</summary>
public sealed class ContractRule : IWriteRule<Contract>
{
    public async Task<Refusal?> Check(Write<Contract> write, CancellationToken cancel)
    {
        await ContractNumbers.Lock(write.Session, write.Access);
        var (scope, faults) = await Read(write);
        faults.AddRange(await ContractNumbers.Taken(write));
        if (scope is not null)
            faults.AddRange(ContractOverlaps.Of(scope,
                (await ContractOverlaps.Stored(write.Session, write.Access, scope.Employer))
                    .Select(other => ($"Contract/{other.ContractId}", other))));
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }

    /// <summary>
    /// What a contract decides, null where it does not count, and every fault that it has without regard to others.
    /// </summary>
    internal static async Task<(ContractScope? Scope, List<FhirIssue> Faults)> Read(Write<Contract> write)
    {
        var contract = write.Proposed;
        List<FhirIssue> faults = [];
        foreach (var (reference, path) in contract.Subject.Select((r, i) => (r, $"Contract.subject[{i}]"))
            .Concat(contract.Authority.Select((r, i) => (r, $"Contract.authority[{i}]"))).Concat(ReferrersOf(contract)))
            await Resolve(write, reference, path, faults);

        var (scope, unread) = ContractReading.Read(contract);
        faults.AddRange(unread.Where(fault =>
            !faults.Any(known => known.Expression.StartsWith(fault.Expression, StringComparison.Ordinal))));
        if (!FindContracts.IsAgreed(contract))
            scope = null;
        if (scope is not null)
            faults.AddRange(Lapsed(write, scope));
        if (contract.StatusElement is null)
            faults.Add(Refusal.Issue(IssueType.Required, "Contract.status", "A contract counts while it is executed."));
        return (scope, faults);
    }

    private static IEnumerable<(ResourceReference Reference, string Path)> ReferrersOf(Contract contract) =>
        from term in contract.Term.Select((term, t) => (term, Path: $"Contract.term[{t}]"))
        from asset in term.term.Asset.Select((asset, a) => (asset, Path: $"{term.Path}.asset[{a}]"))
        from item in asset.asset.ValuedItem.Select((item, i) => (item, Path: $"{asset.Path}.valuedItem[{i}]"))
        from extension in item.item.Extension.Select((one, e) => (one, Path: $"{item.Path}.extension[{e}].value"))
        where extension.one.Url == Terms.MayReferExtension
        select (extension.one.Value as ResourceReference, extension.Path) into referrer
        where referrer.Item1 is not null
        select (referrer.Item1, referrer.Path);

    // One that was told before ends here too; a new one would place nobody.
    private static IEnumerable<FhirIssue> Lapsed(Write<Contract> write, ContractScope scope)
    {
        if (write.Current is null && scope.Until < FinnishTime.DateOf(write.Session.Now))
            yield return Refusal.Issue(IssueType.BusinessRule, "Contract.applies.end",
                "The contract has lapsed already: tell the one that follows on it.");
    }

    // Whoever sends a contract may know an organisation by its identifier only; stored, it is a reference.
    private static async Task Resolve(
        Write<Contract> write, ResourceReference reference, string path, List<FhirIssue> faults)
    {
        if (reference is { Reference: null, Identifier: { System: { } system, Value: { } value } })
        {
            var known = await write.Session.Resources.FindByToken<Organization>(
                write.Access, "identifier", system, value);
            if (known is not null)
                reference.Reference = $"Organization/{known.Id}";
        }

        if (!reference.TryGetLocal(out var type, out var id) || type != "Organization"
            || await write.Session.Resources.Get<Organization>(write.Access, id) is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, path, "This base has no such Organization."));
    }
}
