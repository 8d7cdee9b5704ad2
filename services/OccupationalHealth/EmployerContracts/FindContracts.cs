using Fhir;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// The contracts of the given employers with one provider, in the order of the employers. Other providers' contracts
/// are none of the sender's business: one employer's occupational health never learns of another's.
/// </summary>
internal static class FindContracts
{
    // While it is being negotiated or after it was ended a contract gives nobody care.
    private static readonly ContractResourceStatusCodes[] Agreed =
    [
        ContractResourceStatusCodes.Executed, ContractResourceStatusCodes.Amended,
        ContractResourceStatusCodes.Appended, ContractResourceStatusCodes.Renewed,
    ];

    /// <summary>Whether both parties have agreed, so that the contract counts in its days.</summary>
    public static bool IsAgreed(Contract contract) => contract.Status is { } status && Agreed.Contains(status);

    /// <param name="session">Where to look.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="provider">Id of the provider's Organization; null finds none.</param>
    /// <param name="employers">Ids of the employers' Organizations.</param>
    /// <param name="patient">Id of the Patient whose visits count against the quotas; null for nobody known
    /// yet.</param>
    /// <param name="start">The day care is planned to begin: the year of the quotas.</param>
    public static async Task<IReadOnlyList<ContractScope>> Of(
        Session session, Access access, string? provider, IReadOnlyList<string> employers, string? patient,
        DateOnly start)
    {
        List<ContractScope> found = [];
        foreach (var employer in employers.Distinct(StringComparer.Ordinal))
        {
            found.AddRange((await Agreements(session, access, employer)).Select(agreement => agreement.Scope)
                .Where(scope => scope.Provider == provider));
        }

        if (patient is null)
            return found;
        for (var i = 0; i < found.Count; i++)
            found[i] = await WithUse(session, access, found[i], patient, start.Year);
        return found;
    }

    /// <summary>
    /// Whether an employer and a provider have agreed, by a term of type <c>accumulated-absence</c>, that separate
    /// absences count together for the employer's notice of 30 days.
    /// </summary>
    public static async Task<bool> CountsAbsencesTogether(
        Session session, Access access, string employer, string provider, DateOnly day) =>
        (await Agreements(session, access, employer)).Any(agreement => agreement.CountsAbsencesTogether
            && agreement.Scope.Provider == provider && agreement.Scope.IsInForceOn(day));

    /// <summary>The provider whose contract with an employer is in force on a day, whatever its scope; or null.</summary>
    public static async Task<string?> ProviderOf(Session session, Access access, string employer, DateOnly day) =>
        (await Agreements(session, access, employer)).Select(agreement => agreement.Scope)
        .FirstOrDefault(scope => scope.IsInForceOn(day))?.Provider;

    // The one that begins first stands first, so that the same contracts are always evaluated in one order.
    private static Task<IReadOnlyList<Agreement>> Agreements(Session session, Access access, string employer) =>
        session.Registers.Of<IReadOnlyList<Agreement>>((typeof(Agreement), access, employer), async () =>
            [.. (await session.Resources.FindByReference<Contract>(access, "subject", "Organization", employer))
                .Where(IsAgreed).Select(Read).OfType<Agreement>()
                .OrderBy(agreement => agreement.Scope.From)
                .ThenBy(agreement => agreement.Scope.ContractId, StringComparer.Ordinal)]);

    private static Agreement? Read(Contract contract) => ContractReading.Read(contract).Scope is { } scope
        ? new Agreement(scope, contract.Term.Exists(
            term => term.Type?.Has(Terms.ContractTerm, "accumulated-absence") == true))
        : null;

    private static async Task<ContractScope> WithUse(
        Session session, Access access, ContractScope scope, string patient, int year)
    {
        List<CoveredMethod> methods = [];
        foreach (var method in scope.Methods)
            methods.Add(method.Quota is null
                ? method
                : method with { Used = await Visits.Count(session, access, patient, method.Code, year) });
        return scope with { Methods = methods };
    }

    private sealed record Agreement(ContractScope Scope, bool CountsAbsencesTogether);
}
