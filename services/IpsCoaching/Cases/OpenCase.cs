using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Cases;

/// <summary>
/// <c>coaching-request</c>: opens a case at once, whoever asks for whatever reason, and accepts the Task. A request for
/// somebody who is coached already joins the open case.
/// </summary>
public sealed class OpenCase : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var (request, faults) = CoachingRequest.Read(message);
        if (request is null) return new MessageResult.Refused(Refusal.BadRequest(faults));
        await session.Lock(message.Access, KnownPersons.KeyOf(request.Person));
        if (await session.Resources.FindByToken<FhirTask>(
                message.Access, "identifier", request.Number.System!, request.Number.Value!) is not null)
            return new MessageResult.Refused(Refusal.Conflict(
                message.PathOf(request.Task) + ".identifier", "A Task with this number has been accepted before."));

        var filing = new Filing(message, session) { ForgetsUnknown = true };
        if (await KnownPersons.Registered(session, message.Access, request.Person) is { } known)
            filing.Keep(request.Person, known.Id!);
        else if (message.Access.OwnOnly) filing.AsNew(request.Person);
        await filing.Find([request.Person]);
        await Professionals.Find(filing, message, session);
        var current = await CoachingCases.Open(session, message.Access, filing.ReferenceTo(request.Person));
        if (current is null
            && await NewPersons.Refuse(session, message.Access, message.PathOf(request.Person)) is { } tooMany)
            return new MessageResult.Refused(tooMany);
        await filing.Find([request.Order, request.Task, .. current is null ? request.Teams : []]);
        await filing.Store(except: [request.Task, .. request.Teams]);
        var task = Accepted(filing.Copy(request.Task), current, session);
        await session.Resources.Create(message.Access, task);
        var episode = current is null
            ? await Open(request, task, filing, message.Access, session)
            : await Join(current, task, filing.ReferenceTo(request.Order), message.Access, session);
        return new MessageResult.Accepted([episode, task, .. await Remarks(episode, message.Access, session)]);
    }

    private static FhirTask Accepted(FhirTask task, EpisodeOfCare? current, Session session)
    {
        task.Status = TaskStatus.Accepted;
        task.LastModifiedElement = new FhirDateTime(session.Now);
        task.GroupIdentifier ??= new Identifier(
            Systems.Journey, current is null ? ResourceStore.NewId() : CoachingCases.Journey(current));
        return task;
    }

    // The care team is who hears of changes. A request that names none comes from the unit that treats the person.
    private static async Task<IReadOnlyList<CareTeam>> StoreTeams(
        CoachingRequest request, Filing filing, Access access, Session session)
    {
        List<CareTeam> teams = request.Teams.Count > 0
            ? [.. request.Teams.Select(filing.Copy)]
            : [new CareTeam { Status = CareTeamStatus.Active }];
        foreach (var team in teams)
        {
            team.Subject ??= filing.ReferenceTo(request.Person);
            if (team.ManagingOrganization.Count == 0)
                team.ManagingOrganization.Add(filing.ReferenceTo(request.Unit));
            await session.Resources.Create(access, team);
        }

        return teams;
    }

    private static async Task<EpisodeOfCare> Open(
        CoachingRequest request, FhirTask task, Filing filing, Access access, Session session)
    {
        var teams = await StoreTeams(request, filing, access, session);
        var start = new FhirDateTime(FinnishTime.DateOf(session.Now).ToString("O"));
        var episode = new EpisodeOfCare
        {
            Status = EpisodeOfCareStatus.Active,
            Patient = filing.ReferenceTo(request.Person),
            ManagingOrganization = filing.ReferenceTo(request.Unit),
            Period = new Period(start, null),
        };
        episode.Identifier.Add(task.GroupIdentifier!.Clone());
        episode.Type.Add(new CodeableConcept(Systems.Method, CoachingRequest.Method));
        episode.ReferralRequest.Add(filing.ReferenceTo(request.Order));
        episode.Extension.Add(IpsPhase.Agreement.From(start.Clone()));
        episode.SetExtension(CaseEntry.ExtensionUrl, CaseEntry.Request.ToCoding(CaseEntry.SystemUrl));
        if (request.Order.GetExtension(CaseEntry.RetentionUrl)?.Value is FhirBoolean { Value: true } atRisk)
            episode.SetExtension(CaseEntry.RetentionUrl, atRisk.Clone());
        episode.Team.AddRange(teams.Select(team => new ResourceReference($"CareTeam/{team.Id}")));
        return await session.Resources.Create(access, episode);
    }

    private static async Task<EpisodeOfCare> Join(
        EpisodeOfCare current, FhirTask task, ResourceReference order, Access access, Session session)
    {
        current.ReferralRequest.Add(order);
        var journey = task.GroupIdentifier!;
        if (!current.Identifier.Exists(known => known.System == journey.System && known.Value == journey.Value))
            current.Identifier.Add(journey.Clone());
        await session.Resources.Update(access, current);
        return current;
    }

    private static async Task<IReadOnlyList<Resource>> Remarks(EpisodeOfCare episode, Access access, Session session)
    {
        if (await CareController.Find(session, access, episode) is not null) return [];
        var outcome = new OperationOutcome { Id = ResourceStore.NewId() };
        outcome.Issue.Add(new OperationOutcome.IssueComponent
        {
            Severity = IssueSeverity.Warning,
            Code = IssueType.Incomplete,
            Diagnostics = "The case is open, but the care team's unit belongs to no county that is known here, so that "
                + "the team will not be told of changes. Send its Organization with partOf the county's Organization, "
                + $"which has an identifier of {Systems.Region}.",
        });
        return [outcome];
    }
}
