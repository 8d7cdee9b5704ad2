using Fhir;
using IpsCoaching.EmploymentStatus;
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
    public async Task<MessageResult> Handle(ReceivedMessage received, Session session, CancellationToken cancel)
    {
        // What was received stays as it is for another attempt; the copy becomes what is stored.
        var message = new ReceivedMessage(received.Bundle.Clone(), received.Bytes, received.Access);
        var (request, faults) = CoachingRequest.Read(message);
        if (request is null) return new MessageResult.Refused(Refusal.BadRequest(faults));
        await PersonTurn.Take(session, message.Access, KeyOf(request.Person, session));
        if (await session.Resources.FindByToken<FhirTask>(
                message.Access, "identifier", request.Number.System!, request.Number.Value!) is not null)
            return new MessageResult.Refused(Refusal.Conflict(
                message.PathOf(request.Task) + ".identifier", "A Task with this number has been accepted before."));

        var filing = new MessageFiling(message, session);
        await filing.File([request.Person, .. Professionals(message)]);
        var current = await CoachingCases.Open(session, message.Access, filing.Of(request.Person));
        Accept(request.Task, current, session);
        await filing.File([request.Order, request.Task, .. current is null ? TeamsOf(request, filing) : []]);
        var episode = current is null
            ? await Open(request, filing, message, session)
            : await Join(current, request, filing, message, session);
        return new MessageResult.Accepted(
            [episode, request.Task, .. await Remarks(episode, message.Access, session)]);
    }

    private static void Accept(FhirTask task, EpisodeOfCare? current, Session session)
    {
        task.Status = TaskStatus.Accepted;
        task.LastModifiedElement = new FhirDateTime(session.Now);
        task.GroupIdentifier ??= new Identifier(
            Systems.Journey, current is null ? ResourceStore.NewId() : CoachingCases.Journey(current));
    }

    // The care team is who hears of changes. A request that names none comes from the unit that treats the person.
    private static IReadOnlyList<CareTeam> TeamsOf(CoachingRequest request, MessageFiling filing)
    {
        if (request.Teams.Count == 0)
            request = request with { Teams = [new CareTeam { Status = CareTeamStatus.Active }] };
        foreach (var team in request.Teams)
        {
            team.Subject ??= filing.Sent(request.Person);
            if (team.ManagingOrganization.Count == 0)
                team.ManagingOrganization.Add(filing.Sent(request.Unit));
        }

        return request.Teams;
    }

    private static async Task<EpisodeOfCare> Open(
        CoachingRequest request, MessageFiling filing, ReceivedMessage message, Session session)
    {
        var start = new FhirDateTime(FinnishDay.Of(session.Now).ToString("O"));
        var episode = new EpisodeOfCare
        {
            Status = EpisodeOfCareStatus.Active,
            Patient = filing.Of(request.Person),
            ManagingOrganization = filing.Of(request.Unit),
            Period = new Period(start, null),
        };
        episode.Identifier.Add(request.Task.GroupIdentifier!.Clone());
        episode.Type.Add(new CodeableConcept(Systems.Method, CoachingRequest.Method));
        episode.ReferralRequest.Add(filing.Of(request.Order));
        episode.Extension.Add(IpsPhase.Agreement.From(start.Clone()));
        episode.Team.AddRange(filing.New<CareTeam>().Select(filing.Of));
        return await session.Resources.Create(message.Access, episode);
    }

    private static async Task<EpisodeOfCare> Join(
        EpisodeOfCare current, CoachingRequest request, MessageFiling filing, ReceivedMessage message, Session session)
    {
        current.ReferralRequest.Add(filing.Of(request.Order));
        var journey = request.Task.GroupIdentifier!;
        if (!current.Identifier.Exists(known => known.System == journey.System && known.Value == journey.Value))
            current.Identifier.Add(journey.Clone());
        await session.Resources.Update(message.Access, current);
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

    private static IEnumerable<Resource> Professionals(ReceivedMessage message) => message.Bundle.Entry
        .Select(entry => entry.Resource)
        .Where(resource => resource is Organization or Practitioner or PractitionerRole)
        .OfType<Resource>();

    private static string KeyOf(Patient person, Session session)
    {
        var identifier = person.Identifier.Find(one => one is { System: Systems.IdentityCode, Value.Length: > 0 })
            ?? person.Identifier.First(one => one is { System.Length: > 0, Value.Length: > 0 });
        return $"{identifier.System}|{session.Keys.Value(identifier.System, identifier.Value!)}";
    }
}
