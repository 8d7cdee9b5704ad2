using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;
using static Fhir.Parameters;

namespace IpsCoaching.Bulk;

/// <summary>
/// <c>POST $import-records</c>: the jobs, employment statuses or contacts of a spreadsheet, for clients whose cases are
/// here; all lines or none, each by the same rules as what is sent by REST. Beside what <see cref="ImportRequest"/> has:
/// <c>kind</c>, <c>occupation-system</c> with jobs and <c>coach</c> with contacts.
/// </summary>
internal sealed class ImportRecords(
    Session session, Access access, RecordKind kind, ImportRequest request, Parameters parameters)
{
    private readonly List<FhirIssue> faults = [];

    public static async Task<OperationResult> Answer(
        IpsCoachingDatabase database, Access access, string id, Parameters parameters, CancellationToken cancel)
    {
        var kind = RecordKind.All.FirstOrDefault(one => one.Code == parameters.Value<Code>("kind")?.Text);
        if (kind is null)
            return new OperationResult.Refused(Refusal.BadRequest(Refusal.Issue(
                IssueType.CodeInvalid, "Parameters.parameter('kind')",
                $"One of {string.Join(", ", RecordKind.All.Select(one => one.Code))}.")));
        var (request, faults) = ImportRequest.Read(parameters, kind.Fields, kind.Required);
        if (kind.Fields.Contains("occupation") && parameters.Value<FhirUri>("occupation-system")?.Value is not { Length: > 0 })
            faults = [.. faults, Refusal.Issue(IssueType.Required, "Parameters.parameter('occupation-system')",
                "The code system of the occupations (ISCO-08), as valueUri.")];
        return request is null || faults.Count > 0
            ? new OperationResult.Refused(Refusal.BadRequest(faults))
            : await database.Write(
                session => new ImportRecords(session, access, kind, request, parameters).Run(cancel), cancel);
    }

    private async Task<OperationResult> Run(CancellationToken cancel)
    {
        List<Parameters.ParameterComponent> lines = [];
        foreach (var line in request.Lines) lines.Add(await Take(line, cancel));
        return request.Report(session, lines, faults);
    }

    private async Task<Parameters.ParameterComponent> Take(CsvRecord record, CancellationToken cancel)
    {
        var line = new RecordLine(
            field => request.Value(record, field), parameters.Value<FhirUri>("occupation-system")?.Value,
            parameters.Value<ResourceReference>("coach"));
        var resource = kind.Make(line);
        resource.Id = ResourceStore.NewId();
        var (refusal, known) = resource switch
        {
            Encounter contact => await Check(new RecordContact(), await InCase(contact, line), cancel),
            _ => await Check(new ObservationRule { TakesPast = true }, (Observation)resource, cancel),
        };
        List<LineFault> found = [.. line.Faults];
        foreach (var issue in refusal?.Issues ?? [])
            if (new LineFault(kind.FieldOf(issue.Expression), issue.Code, issue.Message) is var fault
                && !found.Exists(other => other.Field == fault.Field)) found.Add(fault);
        if (found.Count == 0 && known is null) await session.Resources.Create(access, resource);
        faults.AddRange(found.Select(fault => request.FaultOf(record, fault)));
        var told = Parts("line",
            Part("number", new Integer(record.Line)),
            Part("outcome", new Code(found.Count > 0 ? "refused"
                : known is not null ? "known" : request.IsDryRun ? "valid" : "created")));
        if (found.Count == 0 && !request.IsDryRun)
            told.Part.Add(Part("record", new ResourceReference($"{resource.TypeName}/{known?.Id ?? resource.Id}")));
        return told;
    }

    private async Task<(Refusal? Refusal, Resource? Known)> Check<T>(
        IWriteRule<T> rule, T resource, CancellationToken cancel) where T : Resource
    {
        var write = new Write<T>(resource, null, access, session);
        return (await rule.Check(write, cancel), write.Existing);
    }

    // The case in which it was, by the client and the day.
    private async Task<Encounter> InCase(Encounter contact, RecordLine line)
    {
        var (person, _) = line.Client is { } client
            ? await KnownPersons.Named(session, access, client, "Encounter.subject") : (null, []);
        var cases = person is null ? []
            : await session.Resources.FindByReference<EpisodeOfCare>(access, "patient", nameof(Patient), person.Id!);
        var day = CoachContact.DayOf(contact);
        var episode = cases.FirstOrDefault(one =>
            CoachingCases.Runs(one, day ?? DateOnly.MinValue, day ?? DateOnly.MaxValue));
        if (line.Client is not null)
            contact.EpisodeOfCare.Add(new ResourceReference(episode is null ? null : $"EpisodeOfCare/{episode.Id}"));
        return contact;
    }
}
