using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;
using static Fhir.Parameters;

namespace IpsCoaching.Caseload;

/// <summary>
/// <c>POST Practitioner/{id}/$transfer-caseload</c> when a coach leaves: <c>team</c>, <c>to</c> the coach of the same
/// team who takes over, and each <c>episode</c> if not all go there. All of them go over, each with its history, or
/// none.
/// </summary>
internal static class TransferCaseload
{
    private const string To = "Parameters.parameter('to')", Episode = "Parameters.parameter('episode')";

    public static Task<OperationResult> Answer(
        IpsCoachingDatabase database, Access access, string id, Parameters parameters, CancellationToken cancel) =>
        database.Write<OperationResult>(async session =>
        {
            var (moved, refusal) = await Transfer(session, access, id, parameters);
            if (refusal is null) return new OperationResult.Done(moved!);
            session.Abandon();
            return new OperationResult.Refused(refusal);
        }, cancel);

    private static async Task<(Parameters? Moved, Refusal? Refusal)> Transfer(
        Session session, Access access, string id, Parameters parameters)
    {
        var (coach, refusal) = await TeamCoach.Find(
            session, access, id, parameters.Value<ResourceReference>("team"), "Parameters.parameter('team')");
        if (coach is null) return (null, refusal);
        var to = parameters.Value<ResourceReference>("to");
        var named = parameters.Values<ResourceReference>("episode").Select(one => one.Reference).ToList();
        var cases = (await coach.Cases(session, access))
            .Where(one => named.Count == 0 || named.Contains($"EpisodeOfCare/{one.Id}")).ToList();
        List<FhirIssue> faults = [];
        if (!await TeamCoach.IsIn(session, access, to, coach.Team) || coach.References.Contains(to!.Reference!))
            faults.Add(Refusal.Issue(IssueType.Value, To, "Another coach, with a PractitionerRole in this team."));
        if (named.Except(cases.Select(one => $"EpisodeOfCare/{one.Id}")).Any())
            faults.Add(Refusal.Issue(IssueType.NotFound, Episode, "Each is an open case of this coach in this team."));
        if (faults.Count > 0) return (null, Refusal.BadRequest(faults));

        var moved = new Parameters();
        // In one order for all, so that two transfers never wait for each other.
        foreach (var one in cases.OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            if (await Move(session, access, coach, one.Id!, to!) is { } objection) return (null, objection);
            moved.Parameter.Add(Part("episode", new ResourceReference($"EpisodeOfCare/{one.Id}")));
        }

        return (moved, null);
    }

    private static async Task<Refusal?> Move(
        Session session, Access access, TeamCoach coach, string id, ResourceReference to)
    {
        await session.Lock($"update/{nameof(EpisodeOfCare)}/{id}");
        session.Resources.ForgetSeen();
        var stored = await session.Resources.Get(access, nameof(EpisodeOfCare), id);
        if (stored?.As<EpisodeOfCare>() is not { } current || !coach.Has(current)) return Changed;
        var episode = current.Clone();
        episode.CareManager = to.Clone();
        return await ChangeCase.Check(new Write<EpisodeOfCare>(episode, current, access, session), current) is { } fault
            ? fault
            : await session.Resources.Update(access, episode, stored.Version) ? null : Changed;
    }

    private static Refusal Changed { get; } = Refusal.Conflict(
        Episode, "A case has changed meanwhile: nothing was moved, send it again.");
}
