using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;

namespace IpsCoaching.Bulk;

/// <summary>
/// <c>POST $import-records</c>: the jobs, employment statuses or contacts of a spreadsheet, for clients whose cases are
/// here; all lines or none, each by the same rules as what is sent by REST. A line that says what is recorded already
/// changes nothing. Beside what <see cref="ImportRequest"/> has: <c>kind</c>, <c>occupation-system</c> with jobs and
/// <c>coach</c> with contacts.
/// </summary>
internal sealed class ImportRecords(
    Session session, Access access, RecordKind kind, ImportRequest request, Parameters parameters)
{
    private readonly ImportReport report = new(request, "record");
    private readonly ResourceReference? coach = parameters.Value<ResourceReference>("coach");
    private KnownContacts contacts = new([]);

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
        await ImportRequest.Lock(session, access);
        if (kind.Code == RecordKind.Contacts)
        {
            if (!await CoachingCases.IsProfessional(session, access, coach))
                return new OperationResult.Refused(Refusal.BadRequest(Refusal.Issue(
                    IssueType.Required, "Parameters.parameter('coach')",
                    "Who had the contacts, a PractitionerRole or Practitioner of this base.")));
            contacts = await KnownContacts.Of(session, access, coach!);
        }

        List<Draft> all = [];
        foreach (var record in request.Lines) all.Add(await Read(record));
        foreach (var draft in all)
        {
            List<LineFault> found = [];
            if (draft.IsText) await Take(draft, found, cancel);
            else found.AddRange(draft.Faults);
            if (found.Count > 0) report.Refuse(draft.Record, found);
        }

        return report.End(session);
    }

    private async Task<Draft> Read(CsvRecord record)
    {
        var line = new RecordLine(
            field => request.Value(record, field), parameters.Value<FhirUri>("occupation-system")?.Value, coach);
        var resource = kind.Make(line);
        resource.Id = ResourceStore.NewId();
        if (request.FaultsOf(record).ToList() is { Count: > 0 } faults)
            return new Draft(record, faults, resource, null, IsText: false);
        var (person, _) = line.Client is { } client
            ? await KnownPersons.Named(session, access, client, "") : (null, []);
        if (resource is Encounter contact) contacts.Name(await InCase(contact, line, person));
        return new Draft(record, line.Faults, resource, person, IsText: true);
    }

    private async Task Take(Draft draft, List<LineFault> found, CancellationToken cancel)
    {
        switch (await Find(draft))
        {
            case Recorded.Already(var what, not null) when report.LineOf(what.Id!) is { } other:
                Contradict(other);
                break;
            case Recorded.Otherwise(var what) when report.LineOf(what.Id!) is { } other:
                Contradict(other);
                break;
            case Recorded.Already(var what, var remark):
                report.Tell(draft.Record, ImportReport.Known, what, remark);
                break;
            case Recorded.Unnamed(var contact):
                contact.Identifier.AddRange(((Encounter)draft.Resource).Identifier);
                await session.Resources.Update(access, contact);
                contacts.Add(contact);
                report.Tell(draft.Record, ImportReport.Known, contact);
                break;
            case Recorded.Otherwise(Encounter former):
                await Replace(draft, former, found, cancel);
                break;
            case Recorded.Otherwise(Observation former):
                await Change(draft, former, found, cancel);
                break;
            case Recorded.Unclear(var fault):
                found.Add(fault);
                break;
            case Recorded.Not(var remark):
                await Create(draft, ImportReport.Created, remark, found, cancel);
                break;
        }

        void Contradict(int other) => found.Add(new LineFault(
            kind.Key, IssueType.Duplicate, $"Line {other} is about the same: only one of them can be right."));
    }

    // A line that cannot be read goes to the rule as it is, which says what else is wrong.
    private async Task<Recorded> Find(Draft draft) => draft switch
    {
        { Faults.Count: > 0 } => new Recorded.Not(),
        { Resource: Encounter contact } => contacts.Find(contact),
        { Resource: Observation job, Person.Id: { } person } when kind.Code == RecordKind.Jobs =>
            await KnownJob.Find(session, access, person, job),
        _ => new Recorded.Not(),
    };

    private async Task Create(
        Draft draft, string outcome, string? remark, List<LineFault> found, CancellationToken cancel)
    {
        var (refusal, known) = draft.Resource is Encounter contact
            ? await Check(new RecordContact(), contact, null, cancel)
            : await Check(new ObservationRule { TakesPast = true }, (Observation)draft.Resource, null, cancel);
        AddFaults(draft, refusal, found);
        if (found.Count > 0) return;
        if (known is null) await session.Resources.Create(access, draft.Resource);
        if (draft.Resource is Encounter created) contacts.Add(created);
        report.Tell(
            draft.Record, known is null ? outcome : ImportReport.Known, known ?? draft.Resource, remark);
    }

    // A contact is not rewritten: it is withdrawn and recorded anew.
    private async Task Replace(Draft draft, Encounter former, List<LineFault> found, CancellationToken cancel)
    {
        var current = former.Clone();
        former.Status = EncounterStatus.EnteredInError;
        AddFaults(draft, (await Check(new RecordContact(), former, current, cancel)).Refusal, found);
        await session.Resources.Update(access, former);
        await Create(draft, ImportReport.Changed, null, found, cancel);
    }

    private async Task Change(Draft draft, Observation former, List<LineFault> found, CancellationToken cancel)
    {
        var job = KnownJob.With(former, (Observation)draft.Resource);
        AddFaults(
            draft, (await Check(new ObservationRule { TakesPast = true }, job, former, cancel)).Refusal, found);
        if (found.Count > 0) return;
        await session.Resources.Update(access, job);
        report.Tell(draft.Record, ImportReport.Changed, job);
    }

    // What could not be read is missing for the rule too.
    private void AddFaults(Draft draft, Refusal? refusal, List<LineFault> found)
    {
        if (found.Count == 0) found.AddRange(draft.Faults);
        foreach (var fault in (refusal?.Issues ?? []).Select(issue => kind.FaultOf(issue, draft.Person is not null)))
            if (!draft.Faults.Any(known => known.Field == fault.Field) && !found.Contains(fault)) found.Add(fault);
    }

    private async Task<(Refusal? Refusal, Resource? Known)> Check<T>(
        IWriteRule<T> rule, T resource, T? current, CancellationToken cancel) where T : Resource
    {
        var write = new Write<T>(resource, current, access, session);
        return (await rule.Check(write, cancel), write.Existing);
    }

    // The case in which it was, by the client and the day.
    private async Task<Encounter> InCase(Encounter contact, RecordLine line, Patient? person)
    {
        if (line.Client is null) return contact;
        var cases = person is null ? []
            : await session.Resources.FindByReference<EpisodeOfCare>(access, "patient", nameof(Patient), person.Id!);
        var day = CoachContact.DayOf(contact);
        var episode = cases.FirstOrDefault(one =>
            CoachingCases.Runs(one, day ?? DateOnly.MinValue, day ?? DateOnly.MaxValue));
        contact.Subject = episode?.Patient?.Clone();
        contact.EpisodeOfCare.Add(new ResourceReference(episode is null ? null : $"EpisodeOfCare/{episode.Id}"));
        return contact;
    }

    /// <summary>A line and what it makes.</summary>
    /// <param name="Faults">What cannot be read of it.</param>
    /// <param name="Person">The client, if the line names one whom we know.</param>
    /// <param name="IsText">Whether it may be read at all.</param>
    private sealed record Draft(
        CsvRecord Record, IReadOnlyList<LineFault> Faults, Resource Resource, Patient? Person, bool IsText);
}
