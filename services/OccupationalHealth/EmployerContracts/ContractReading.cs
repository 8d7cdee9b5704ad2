using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// Reads what an employer's Contract decides about placement, or every fault that keeps it from being read.
/// </summary>
internal static class ContractReading
{
    public static (ContractScope? Scope, IReadOnlyList<FhirIssue> Faults) Read(Contract contract)
    {
        List<FhirIssue> faults = [];
        var scope = ReadScope(contract, faults);
        var employer = One(contract.Subject, "Contract.subject", "the employer", faults);
        var provider = One(contract.Authority, "Contract.authority", "the occupational-health provider", faults);
        var from = ReadPeriod(contract.Applies, faults);
        var methods = ReadMethods(contract, faults);
        var survey = ReadTerm(contract, "workplace-survey", faults);
        var plan = ReadTerm(contract, "action-plan", faults);
        return faults.Count > 0
            ? (null, faults)
            : (new ContractScope(
                contract.Id!, employer!, provider!, scope!.Value, from!.Value,
                FinnishTime.LastDateOf(contract.Applies!.EndElement), methods)
            {
                WorkplaceSurvey = survey,
                ActionPlan = plan,
            }, []);
    }

    // The last term counts: that is the survey or plan which took the place of the one before.
    private static Validity? ReadTerm(Contract contract, string type, List<FhirIssue> faults)
    {
        Validity? validity = null;
        for (var t = 0; t < contract.Term.Count; t++)
        {
            var term = contract.Term[t];
            if (term.Type?.Has(Terms.ContractTerm, type) != true)
                continue;
            if (FinnishTime.DateOf(term.Applies?.StartElement) is { } from)
            {
                validity = new Validity(from, FinnishTime.LastDateOf(term.Applies!.EndElement));
                if (validity.Until < from)
                    faults.Add(Refusal.Issue(IssueType.Invariant, $"Contract.term[{t}].applies",
                        $"The {type} does not end before it begins."));
            }
            else
                faults.Add(Refusal.Issue(
                    IssueType.Required, $"Contract.term[{t}].applies.start", $"The {type} is in force from a day."));
        }

        return validity;
    }

    private static ScopeOfCare? ReadScope(Contract contract, List<FhirIssue> faults)
    {
        var codes = contract.SubType.SelectMany(type => type.Coding)
            .Where(coding => coding.System == Terms.ContractScope).Select(coding => coding.Code).ToList();
        if (codes is not [var code])
        {
            faults.Add(Refusal.Issue(
                codes.Count == 0 ? IssueType.Required : IssueType.Value, "Contract.subType",
                $"A contract has one scope of care, a code of {Terms.ContractScope}."));
            return null;
        }

        var scope = Codes.Parse<ScopeOfCare>(code);
        if (scope is null)
            faults.Add(Refusal.Issue(IssueType.CodeInvalid, "Contract.subType.coding.code",
                $"The scope is one of {string.Join(", ", Enum.GetValues<ScopeOfCare>().Select(s => s.Code()))}."));
        return scope;
    }

    private static string? One(List<ResourceReference> references, string path, string who, List<FhirIssue> faults)
    {
        if (references is [var reference] && reference.TryGetLocal(out var type, out var id) && type == "Organization")
            return id;

        faults.Add(Refusal.Issue(
            references.Count == 0 ? IssueType.Required : IssueType.Value, path,
            $"It names {who}: one Organization of this base, by reference or by identifier."));
        return null;
    }

    private static DateOnly? ReadPeriod(Period? applies, List<FhirIssue> faults)
    {
        var from = FinnishTime.DateOf(applies?.StartElement);
        if (from is null)
            faults.Add(Refusal.Issue(IssueType.Required, "Contract.applies.start", "A contract begins on a day."));
        if (from > FinnishTime.LastDateOf(applies?.EndElement))
            faults.Add(Refusal.Issue(
                IssueType.Invariant, "Contract.applies", "A contract does not end before it begins."));
        return from;
    }

    private static List<CoveredMethod> ReadMethods(Contract contract, List<FhirIssue> faults)
    {
        List<CoveredMethod> methods = [];
        for (var t = 0; t < contract.Term.Count; t++)
            for (var a = 0; a < contract.Term[t].Asset.Count; a++)
                for (var i = 0; i < contract.Term[t].Asset[a].ValuedItem.Count; i++)
                {
                    var path = $"Contract.term[{t}].asset[{a}].valuedItem[{i}]";
                    if (ReadMethod(contract.Term[t].Asset[a].ValuedItem[i], path, faults) is not { } method)
                        continue;
                    if (methods.Any(other => other.Code == method.Code))
                        faults.Add(Refusal.Issue(
                            IssueType.Duplicate, path, "The contract names this method more than once."));
                    methods.Add(method);
                }

        return methods;
    }

    private static CoveredMethod? ReadMethod(
        Contract.ValuedItemComponent item, string path, List<FhirIssue> faults)
    {
        var code = (item.Entity as CodeableConcept)?.Coding.Find(coding => coding.System == Systems.Method)?.Code;
        if (code is null)
            faults.Add(Refusal.Issue(
                IssueType.Required, $"{path}.entity", $"An item names a method, a code of {Systems.Method}."));

        var quota = item.Quantity?.Value;
        if (item.Quantity is not null && (quota is null or < 0 || quota != decimal.Truncate(quota.Value)))
        {
            faults.Add(Refusal.Issue(
                IssueType.Value, $"{path}.quantity", "A quota is a whole number of visits, 0 or more."));
            return null;
        }

        var (roles, organisations) = Referrers.Read(item, path, faults);
        return code is null ? null : new CoveredMethod(code, (int?)quota, Used: 0)
        {
            ReferrerRoles = roles, ReferrerOrganisations = organisations,
        };
    }
}
