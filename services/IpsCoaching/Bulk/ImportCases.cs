using Fhir;
using IpsCoaching.Caseload;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;
using static Fhir.Parameters;

namespace IpsCoaching.Bulk;

/// <summary>
/// <c>POST $import-cases</c>: the cases of a spreadsheet, all of them or none, each by the same rules as one that is
/// sent by REST. A dry run answers the same and stores nothing.
/// </summary>
internal sealed class ImportCases(Session session, Access access, ImportRequest request, Parameters parameters)
{
    private readonly List<FhirIssue> faults = [];
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
        await CheckHead();
        List<Parameters.ParameterComponent> lines = [];
        if (faults.Count == 0)
            foreach (var line in request.Lines) lines.Add(await Take(line));
        return request.Report(session, lines, faults);
    }

    private async Task CheckHead()
    {
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
    }

    private async Task<ResourceReference?> Unit(string name) =>
        await CoachingCases.Unit(session, access, parameters.Value<ResourceReference>(name)) is { } unit
            ? new ResourceReference($"Organization/{unit.Id}")
            : null;

    private async Task<Parameters.ParameterComponent> Take(CsvRecord record)
    {
        var line = ImportLine.Read(
            field => request.Value(record, field), (careUnit is null ? CaseEntry.Self : CaseEntry.CareTeam).Code);
        List<LineFault> found = [.. line.Faults];
        var episode = line.Case;
        episode.Id = ResourceStore.NewId();
        episode.ManagingOrganization = team!.Clone();
        episode.CareManager = await CoachOf(line, found);
        if (careUnit is not null) AddTeam(episode, careUnit);
        await FindOpen(line, record, found);
        if (await Store(line) is { } refusal)
            found.AddRange(refusal.Issues
                .Select(issue => new LineFault(ImportField.Of(issue.Expression), issue.Code, issue.Message))
                .Where(fault => !line.Faults.Any(known => known.Field == fault.Field)
                    && !found.Exists(known => known.Field == fault.Field && known.Code == fault.Code)));
        faults.AddRange(found.Select(fault => request.FaultOf(record, fault)));
        var told = Parts("line",
            Part("number", new Integer(record.Line)),
            Part("outcome", new Code(found.Count > 0 ? "refused" : request.IsDryRun ? "valid" : "created")));
        if (found.Count == 0 && !request.IsDryRun)
            told.Part.Add(Part("episode", new ResourceReference($"EpisodeOfCare/{episode.Id}")));
        if (line is { IsDoubtful: true } && !found.Exists(fault => fault.Field == ImportField.IdentityCode))
            told.Part.Add(Part("warning", new FhirString(
                "The check character of the identity code is another one: see whether it is mistyped.")));
        return told;
    }

    private async Task<Refusal?> Store(ImportLine line)
    {
        if (await EnterCase.Check(new Write<EpisodeOfCare>(line.Case, null, access, session)) is { } refusal)
            return refusal;
        await session.Resources.Create(access, line.Case);
        if (line.Finish is not { } finish) return null;
        var (current, finished) = (line.Case.Clone(), line.Case.Clone());
        finish(finished);
        refusal = await ChangeCase.Check(new Write<EpisodeOfCare>(finished, current, access, session), current);
        if (refusal is null) await session.Resources.Update(access, finished);
        return refusal;
    }

    private async Task<ResourceReference?> CoachOf(ImportLine line, List<LineFault> found)
    {
        if (line.Coach is null) return coach?.Clone();
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
        if (line.Finish is not null || found.Exists(fault => fault.Field == ImportField.IdentityCode)) return;
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
