using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.EmployerContracts;

/// <summary>The employers and providers that a file names. An employer that is new is created, by its one name.</summary>
internal sealed class ImportedParties
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal), created = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContractRow> naming = new(StringComparer.Ordinal);

    /// <param name="session">Where they are looked for and created.</param>
    /// <param name="access">Who sends the file.</param>
    /// <param name="rows">Those that name both.</param>
    public static async Task<ImportedParties> Of(Session session, Access access, IReadOnlyList<ContractRow> rows)
    {
        var parties = new ImportedParties();
        // All lock in one order, so that no two wait for each other.
        foreach (var identifier in rows.SelectMany(row => (Identifier[])[row.Line.Employer, row.Line.Provider])
            .DistinctBy(one => one.Value).OrderBy(one => one.Value, StringComparer.Ordinal))
        {
            await session.Lock(access, identifier);
            if (await session.Resources.FindByToken<Organization>(
                access, "identifier", identifier.System!, identifier.Value!) is { } organization)
                parties.known[identifier.Value!] = organization.Id!;
        }

        foreach (var row in rows)
            if (row.Line.EmployerName is { } name && !parties.known.ContainsKey(row.Line.Employer.Value!)
                && parties.naming.TryAdd(row.Line.Employer.Value!, row))
                parties.created[row.Line.Employer.Value!] = (await session.Resources.Create(access, new Organization
                {
                    Active = true, Name = name, Identifier = [row.Line.Employer],
                })).Id!;
        return parties;
    }

    /// <summary>Id of the employer; null where it is not known and no line names it.</summary>
    public string? Employer(ContractLine line) =>
        known.GetValueOrDefault(line.Employer.Value!) ?? created.GetValueOrDefault(line.Employer.Value!);

    /// <summary>Id of the provider; null where this base does not know it.</summary>
    public string? Provider(ContractLine line) => known.GetValueOrDefault(line.Provider.Value!);

    public IEnumerable<FhirIssue> Faults(ContractLine line)
    {
        if (Provider(line) is null)
            yield return Refusal.Issue(IssueType.NotFound, "provider", "This base has no such Organization.");
        if (Employer(line) is null)
            yield return Refusal.Issue(IssueType.Required, "employer-name", "A new employer has a name.");
        if (naming.GetValueOrDefault(line.Employer.Value!) is { } first
            && line.EmployerName is { } name && name != first.Line.EmployerName)
            yield return Refusal.Issue(IssueType.Conflict, "employer-name",
                $"Line {first.Number} gives this new employer another name.");
    }
}
