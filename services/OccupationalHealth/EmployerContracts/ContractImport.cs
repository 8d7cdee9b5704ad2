using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// The lines of a file as contracts. They are judged as they will stand beside each other and beside what is stored,
/// before the first of them is stored.
/// </summary>
internal sealed class ContractImport(Session session, Access access, IReadOnlyList<ContractRow> rows)
{
    /// <summary>Adds to the rows what is wrong with them.</summary>
    public async Task Check(CancellationToken cancel)
    {
        await ContractNumbers.Lock(session, access);
        var parties = await ImportedParties.Of(session, access, [.. rows.Where(row => row.IsRight)]);
        foreach (var row in rows.Where(row => row.IsRight))
        {
            cancel.ThrowIfCancellationRequested();
            row.Faults.AddRange(parties.Faults(row.Line));
            if (row.IsRight)
                await Read(row, parties.Employer(row.Line)!, parties.Provider(row.Line)!);
        }

        await FindOverlaps();
    }

    /// <summary>Stores all of them, which have no fault.</summary>
    public async Task Store()
    {
        foreach (var row in rows)
            if (row.Current is null)
                await session.Resources.Create(access, row.Proposed!);
            else if (!row.IsSame)
                await session.Resources.Update(access, row.Proposed!);
    }

    /// <summary>What has become of each line or, in a dry run, would.</summary>
    public IReadOnlyList<FhirIssue> Report(bool isDryRun)
    {
        var known = PlacementRules.InForceOn(FinnishTime.DateOf(session.Now)).Methods
            .Select(method => method.Code).ToHashSet();
        return [.. rows.SelectMany(row => row.IsRight ? Told(row) : row.PlacedFaults)];

        IEnumerable<FhirIssue> Told(ContractRow row)
        {
            yield return row.Tell("", row switch
            {
                { IsSame: true } => $"Contract/{row.Current!.Id} is as it was.",
                { Current: null } => isDryRun ? "A contract would be created." : $"Contract/{row.Proposed!.Id} was created.",
                _ => $"Contract/{row.Current.Id} {(isDryRun ? "would be" : "was")} changed.",
            });
            foreach (var code in row.Line.Methods.Select(method => method!.Code).Where(code => !known.Contains(code)))
                yield return row.Tell("methods", $"The placement rules know no method '{code}': it covers only what is asked "
                    + "for under this very code.");
        }
    }

    private async Task Read(ContractRow row, string employer, string provider)
    {
        var stored = await ContractNumbers.Find(session, access, provider, row.Line.Number.Value!);
        if (stored.Count > 1)
        {
            row.Faults.Add(Refusal.Issue(IssueType.MultipleMatches, "number",
                $"Several contracts of this provider have this number: {string.Join(", ", stored.Select(
                    one => $"Contract/{one.Id}"))}."));
            return;
        }

        row.Current = stored.SingleOrDefault();
        if (row is { Line.Status: null, Current: { } current } && !FindContracts.IsAgreed(current))
            row.Faults.Add(Refusal.Issue(IssueType.BusinessRule, "status",
                $"Contract/{current.Id} does not count, being {current.Status?.Code() ?? "without a status"}: say in the "
                + "column status what it is from now on."));
        row.Proposed = row.Current?.Clone() ?? new Contract { Id = ResourceStore.NewId() };
        FillContract.With(row.Line, row.Proposed, employer, provider);
        (row.Scope, var faults) = await ContractRule.Read(
            new Write<Contract>(row.Proposed, row.Current, access, session));
        row.Faults.AddRange(faults);
    }

    // What the file changes stands as the file tells it; the rest stands as it is stored.
    private async Task FindOverlaps()
    {
        var changed = rows.Select(row => row.Current?.Id).ToHashSet();
        foreach (var employer in rows.Where(row => row.Scope is not null).GroupBy(row => row.Scope!.Employer))
        {
            List<(string, ContractScope)> others = [.. (await ContractOverlaps.Stored(session, access, employer.Key))
                .Where(other => !changed.Contains(other.ContractId))
                .Select(other => ($"Contract/{other.ContractId}", other))];
            foreach (var row in employer)
            {
                row.Faults.AddRange(ContractOverlaps.Of(row.Scope!, others));
                others.Add(($"Line {row.Number}", row.Scope!));
            }
        }
    }
}
