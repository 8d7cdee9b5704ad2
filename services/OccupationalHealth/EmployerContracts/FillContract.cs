using Fhir;
using Messages;
using OccupationalHealth.Placement;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// Writes into a contract what a line of an import tells of it. What no column tells stays as it is; an empty field takes
/// away what its column is for, but for the status.
/// </summary>
internal static class FillContract
{
    public static void With(ContractLine line, Contract contract, string employer, string provider)
    {
        contract.Status = line.Status ?? contract.Status ?? ContractResourceStatusCodes.Executed;
        if (!contract.Identifier.Exists(one => one.System == line.Number.System && one.Value == line.Number.Value))
            contract.Identifier.Add(line.Number);
        contract.Subject = Reference(contract.Subject, employer);
        contract.Authority = Reference(contract.Authority, provider);
        contract.SubType = ScopeOfCare(contract.SubType, line.Of("scope")!);
        contract.Applies ??= new Period();
        contract.Applies.StartElement = line.Day("from");
        if (line.Tells("until"))
            contract.Applies.EndElement = line.Day("until");
        contract.Term =
        [
            .. CoveredMethods(line, contract.Term.FindAll(term => term.Asset.Count > 0)),
            .. ContractLine.Preconditions.Where(one => line.Of($"{one.Column}-from") is not null)
                .Select(one => Precondition(line, one.Type, one.Column)),
            .. contract.Term.Where(term => term.Asset.Count == 0 && !ContractLine.Preconditions.Any(one =>
                line.Tells($"{one.Column}-from") && term.Type?.Has(Terms.ContractTerm, one.Type) == true)),
        ];
    }

    private static List<ResourceReference> Reference(List<ResourceReference> former, string organisation) =>
        former is [var one] && one.TryGetLocal(out _, out var id) && id == organisation
            ? former
            : [new ResourceReference($"Organization/{organisation}")];

    // Other kinds of contract by which somebody sorts them are none of the scope of care.
    private static List<CodeableConcept> ScopeOfCare(List<CodeableConcept> former, string scope) =>
        former.Exists(type => type.Has(Terms.ContractScope, scope))
            ? former
            :
            [
                new CodeableConcept(Terms.ContractScope, scope),
                .. former.Where(type => !type.Coding.Exists(coding => coding.System == Terms.ContractScope)),
            ];

    private static Contract.TermComponent Precondition(ContractLine line, string type, string column) => new()
    {
        Type = new CodeableConcept(Terms.ContractTerm, type),
        Offer = new Contract.ContractOfferComponent { Text = type },
        Applies = new Period(line.Day($"{column}-from"), line.Day($"{column}-until")),
    };

    private static IEnumerable<Contract.TermComponent> CoveredMethods(
        ContractLine line, List<Contract.TermComponent> former)
    {
        if (!line.Tells("methods"))
            return former;
        if (line.Of("methods") is null)
            return [];
        var items = former.SelectMany(one => one.Asset).SelectMany(asset => asset.ValuedItem).ToList();
        var term = former.FirstOrDefault() ?? new Contract.TermComponent
        {
            Offer = new Contract.ContractOfferComponent { Text = "Methods" },
        };
        term.Asset =
        [
            new Contract.ContractAssetComponent
            {
                ValuedItem = [.. line.Methods.OfType<CoveredMethod>().Select(method => Item(line, method, items.Find(item =>
                    item.Entity is CodeableConcept entity && entity.Has(Systems.Method, method.Code))))],
            },
        ];
        return [term];
    }

    private static Contract.ValuedItemComponent Item(
        ContractLine line, CoveredMethod method, Contract.ValuedItemComponent? former)
    {
        var item = former ?? new Contract.ValuedItemComponent { Entity = new CodeableConcept(Systems.Method, method.Code) };
        if (item.Quantity?.Value != method.Quota)
            item.Quantity = method.Quota is { } quota ? new Quantity { Value = quota } : null;
        if (line.Tells("referrers"))
            item.Extension =
            [
                .. item.Extension.Where(one => one.Url != Terms.MayReferExtension),
                .. line.Referrers.Where(one => one?.Method == method.Code)
                    .Select(one => new Extension { Url = Terms.MayReferExtension, Value = one!.Value.Who }),
            ];
        return item;
    }
}
