using Fhir;
using IpsCoaching.Caseload;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;

namespace IpsCoaching.Bulk;

/// <summary>
/// <c>POST $import-cases</c>: the cases of a spreadsheet, all of them or none, each by the same rules as one that is
/// sent by REST. A line of a case that is here already changes it where it says more. A dry run answers the same and
/// stores nothing.
/// </summary>
internal sealed class ImportCases(Session session, Access access, ImportRequest request, Parameters parameters)
{
    private readonly ImportReport report = new(request, "episode");
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private ResourceReference? team, coach, careUnit;

    public static async Task<OperationResult> Answer(
        IpsCoachingDatabase database, Access access, string id, Parameters parameters, CancellationToken cancel)
    {
        var (request, faults) = ImportRequest.Read(parameters, ImportField.All, ImportField.Required);
        if (request is null) return new OperationResult.Refused(Refusal.BadRequest(faults));
        return await database.Write(
            session => new ImportCases(session, access, request, parameters).Run(), cancel);
    }

    private async Task<OperationResult> Run()
    {
        await ImportRequest.Lock(session, access);
        if (await HeadFaults() is { Count: > 0 } faults) return new OperationResult.Refused(Refusal.BadRequest(faults));
        foreach (var record in request.Lines)
        {
            var line = ImportLine.Read(
                field => request.Value(record, field), (careUnit is null ? CaseEntry.Self : CaseEntry.CareTeam).Code);
            List<LineFault> found = [.. request.FaultsOf(record)];
            if (found.Count == 0) await Take(record, line, found);
            if (found.Count > 0) report.Refuse(record, found);
        }

        return report.End(session);
    }

    private async Task<IReadOnlyList<FhirIssue>> HeadFaults()
    {
        List<FhirIssue> faults = [];
        coach = parameters.Value<ResourceReference>("coach");
        team = await Teams.Own(session, access, parameters.Value<ResourceReference>("team")) is { } own
            ? new ResourceReference($"Organization/{own.Id}")
            : null;
        if (team is null)
            faults.Add(Refusal.Issue(IssueType.Required, "Parameters.parameter('team')",
                "The team that coaches, an Organization of this base."));
        else if (coach is not null && !await TeamCoach.IsIn(session, access, coach, team.Reference!.Split('/')[1]))
            faults.Add(Refusal.Issue(IssueType.Value, "Parameters.parameter('coach')",
                "A coach with a PractitionerRole in this team."));
        careUnit = await Unit("care-unit");
        if (careUnit is null && parameters.Value<ResourceReference>("care-unit") is not null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "Parameters.parameter('care-unit')",
                "The unit that treats the clients, an Organization of this base."));
        return faults;
    }

    private async Task<ResourceReference?> Unit(string name) =>
        await CoachingCases.Unit(session, access, parameters.Value<ResourceReference>(name)) is { } unit
            ? new ResourceReference($"Organization/{unit.Id}")
            : null;

    private async Task Take(CsvRecord record, ImportLine line, List<LineFault> found)
    {
        found.AddRange(line.Faults);
        var named = await CoachOf(line, found);
        var known = found.Exists(fault => fault.Field is ImportField.IdentityCode or ImportField.Entered)
            ? null : await KnownCase.Of(session, access, line);
        var outcome = ImportReport.Created;
        if (known is not null)
        {
            if (found.Count == 0) outcome = await Continue(known, line, named, found);
        }
        else
        {
            line.Case.Id = ResourceStore.NewId();
            line.Case.ManagingOrganization = team!.Clone();
            line.Case.CareManager = named ?? coach?.Clone();
            if (careUnit is not null) AddTeam(line.Case, careUnit);
            await FindOpen(line, record, found);
            AddFaults(await Store(line), line, line.Case, found);
        }

        if (found.Count == 0)
            report.Tell(record, outcome, known ?? line.Case, line.IsDoubtful
                ? "The check character of the identity code is another one: see whether it is mistyped." : null);
    }

    private async Task<string> Continue(
        EpisodeOfCare known, ImportLine line, ResourceReference? named, List<LineFault> found)
    {
        var changed = KnownCase.With(known, line, named);
        if (changed.DeepEquals(known)) return ImportReport.Known;
        if (report.LineOf(known.Id!) is { } other)
            found.Add(new LineFault(ImportField.Entered, IssueType.Duplicate,
                $"Line {other} says something else of the same case."));
        else
            AddFaults(await Change(changed, known), line, changed, found);
        return ImportReport.Changed;
    }

    private async Task<Refusal?> Store(ImportLine line)
    {
        if (await EnterCase.Check(new Write<EpisodeOfCare>(line.Case, null, access, session)) is { } refusal)
            return refusal;
        await session.Resources.Create(access, line.Case);
        if (line.Ending is not { } ending) return null;
        var finished = line.Case.Clone();
        ending.Finish(finished);
        return await Change(finished, line.Case.Clone());
    }

    private async Task<Refusal?> Change(EpisodeOfCare episode, EpisodeOfCare current)
    {
        var refusal = await ChangeCase.Check(new Write<EpisodeOfCare>(episode, current, access, session), current);
        if (refusal is null) await session.Resources.Update(access, episode);
        return refusal;
    }

    private static void AddFaults(
        Refusal? refusal, ImportLine line, EpisodeOfCare episode, List<LineFault> found)
    {
        foreach (var issue in ImportField.Own(refusal?.Issues ?? [], episode))
        {
            var fault = new LineFault(ImportField.Of(issue.Expression), issue.Code, issue.Message);
            if (!line.Faults.Any(known => known.Field == fault.Field)
                && !found.Exists(known => known.Field == fault.Field && known.Code == fault.Code)) found.Add(fault);
        }
    }

    // Whom the line itself names.
    private async Task<ResourceReference?> CoachOf(ImportLine line, List<LineFault> found)
    {
        if (line.Coach is null) return null;
        var person = await session.Resources.FindByToken<Practitioner>(
            access, "identifier", ImportField.CoachSystem, line.Coach);
        if (person is not null)
        {
            var role = (await session.Resources.FindByReference<PractitionerRole>(
                    access, "practitioner", "Practitioner", person.Id!))
                .FirstOrDefault(one => one.Organization?.Reference == team!.Reference && one.Active != false);
            if (role is not null) return new ResourceReference($"PractitionerRole/{role.Id}");
        }

        found.Add(new LineFault(ImportField.Coach, IssueType.NotFound,
            "A coach of this team by the professional's own number (Terhikki)."));
        return null;
    }

    private async Task FindOpen(ImportLine line, CsvRecord record, List<LineFault> found)
    {
        if (line.Ending is not null || found.Exists(fault => fault.Field == ImportField.IdentityCode)) return;
        if (open.TryGetValue(line.Code, out var other))
            found.Add(new LineFault(
                ImportField.IdentityCode, IssueType.Conflict, $"Line {other} has an open case of the same person."));
        else if (await session.Resources.FindByToken<Patient>(
            access, "identifier", Systems.IdentityCode, line.Code) is { } person
            && await CoachingCases.Open(session, access, new ResourceReference($"Patient/{person.Id}")) is not null)
            found.Add(new LineFault(
                ImportField.IdentityCode, IssueType.Conflict, "The person has an open case already."));
        open.TryAdd(line.Code, record.Line);
    }

    private static void AddTeam(EpisodeOfCare episode, ResourceReference unit)
    {
        var own = new CareTeam { Id = "team", Status = CareTeamStatus.Active };
        own.ManagingOrganization.Add(unit.Clone());
        episode.Contained.Add(own);
        episode.Team.Add(new ResourceReference("#team"));
    }
}
