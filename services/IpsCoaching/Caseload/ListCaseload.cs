using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Storage;
using static Fhir.Parameters;

namespace IpsCoaching.Caseload;

/// <summary>
/// <c>GET Practitioner/{id}/$caseload?team=Organization/id</c>: the coach's open cases in the team, each with its
/// phase, what is to be done next and how many contacts were missed, and how many cases there are beside the limit.
/// </summary>
internal static class ListCaseload
{
    public static Task<OperationResult> Answer(
        IpsCoachingDatabase database, Access access, string id, IQueryCollection query, CancellationToken cancel) =>
        database.Read<OperationResult>(async session =>
        {
            var (coach, refusal) = await TeamCoach.Find(
                session, access, id, new ResourceReference(query["team"].ToString()), "http.team");
            return coach is null
                ? new OperationResult.Refused(refusal!)
                : new OperationResult.Done(await List(session, access, coach));
        }, cancel);

    private static async Task<Parameters> List(Session session, Access access, TeamCoach coach)
    {
        var today = FinnishTime.DateOf(session.Now);
        var rule = IpsRules.InForceOn(today).Caseload;
        var cases = await coach.Cases(session, access);
        var list = new Parameters();
        list.Parameter.AddRange([
            Part("coach", new ResourceReference($"Practitioner/{coach.Practitioner}")),
            Part("team", new ResourceReference($"Organization/{coach.Team}")),
            Part("day", new Date(today)), Part("size", new Integer(cases.Count)),
            Part("limit", new Integer(rule.CasesAtMost)),
            Part("over-limit", new FhirBoolean(cases.Count > rule.CasesAtMost)),
        ]);
        foreach (var episode in cases) list.Parameter.Add(await Line(session, access, episode, rule, today));
        return list;
    }

    private static async Task<Parameters.ParameterComponent> Line(
        Session session, Access access, EpisodeOfCare episode, CaseloadRule rule, DateOnly today)
    {
        var (listed, missed) = await CollectCase.Of(session, access, episode);
        var person = await CoachingCases.Follow<Patient>(session, access, episode.Patient);
        var (phase, since) = CasePhases.Of(episode)[^1];
        var line = Parts("case",
            Part("episode", new ResourceReference($"EpisodeOfCare/{episode.Id}")),
            Part("patient", new ResourceReference(episode.Patient!.Reference, NameOf(person))),
            Part("status", new Code(episode.Status!.Value.GetLiteral())), Part("entered", new Date(listed.Entered)),
            Part("phase", IpsPhase.All.First(known => known.Code == phase).ToCoding()),
            Part("phase-since", new Date(since)), Part("missed-contacts", new Integer(missed)));
        line.Part.AddRange(NextActionPolicy.Of(listed, rule, today).Select(action => Parts("next-action",
            Part("kind", CodingOf(action.Kind)), Part("due", new Date(action.Due)),
            Part("overdue", new FhirBoolean(action.Due < today)))));
        return line;
    }

    private static Coding CodingOf(string kind) => NextActions.All.FirstOrDefault(one => one.Code == kind) is { } own
        ? own.ToCoding(NextActions.SystemUrl)
        : FollowAlongKinds.All.First(one => one.Code == kind).ToCoding(FollowAlongKinds.SystemUrl);

    private static string? NameOf(Patient? person) => person?.Name is [var name, ..]
        ? string.Join(' ', [.. name.Given, name.Family])
        : null;
}
