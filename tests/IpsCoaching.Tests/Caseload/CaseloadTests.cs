using System.Net;
using Fhir;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.Caseload;

/// <summary>A coach's list and its transfer through real requests.</summary>
public sealed class CaseloadTests
{
    private const string Team = "Organization/ips-unit-pirkanmaa", Other = "Organization/ips-unit-kanta-hame";

    // Test codes of the 900 series (domain.md §2.1).
    private static readonly string[] Codes = ["010594Y9032", "020594X903P", "030594W903B"];

    [Fact]
    public async Task The_list_has_each_open_case_with_phase_next_action_and_missed_contacts()
    {
        await using var ips = await Started();
        var first = await Enter(ips, Codes[0], "2026-10-01");
        var second = await Enter(ips, Codes[1], "2026-11-16");
        await Finished(ips, await Enter(ips, Codes[2], "2026-10-10"));
        await Created(ips, Recorded.Profile(first, "2026-10-05"));
        await Created(ips, Asked.Answer(first, "2026-10-06T09:00:00+03:00", Asked.Permit("contact")));
        await Created(ips, Asked.Told(first, "2026-10-12"));
        var job = Given.Job("2026-11-02", "2026-11-13");
        job.Subject = first.Patient;
        await Created(ips, job);
        first.Begin("job-search", "2026-10-06");
        await RunningIps.Read<EpisodeOfCare>(await ips.Put(first), HttpStatusCode.OK);

        var list = await List(ips);
        Assert.Equal(
            (2, 20, false),
            (list.Value<Integer>("size")!.Value, list.Value<Integer>("limit")!.Value,
                list.Value<FhirBoolean>("over-limit")!.Value));
        // Of the job's contacts the one before it, the one right after its start and two weekly ones were missed.
        Assert.Equal(
            [
                $"EpisodeOfCare/{first.Id} active job-search 2026-10-06 missed 4: ask-disclosure 2026-11-02 overdue, "
                + "profile-after-job 2026-11-27",
                $"EpisodeOfCare/{second.Id} active agreement 2026-11-16 missed 0: ask-disclosure 2026-11-16 overdue, "
                + "first-profile 2026-12-16, first-employer-contact 2026-12-16",
            ],
            list.Parameter.Where(one => one.Name == "case").Select(Line));
        var kind = (Coding)list.Parameter.Last().Part.First(part => part.Name == "next-action").Part[0].Value!;
        Assert.Equal(["fi", "sv", "en"], kind.DisplayElement!.Extension.Select(
            translation => ((Code)translation.GetExtension("lang")!.Value!).Text));
    }

    [Fact]
    public async Task A_coach_sees_the_named_team_only_and_none_without_a_role_in_it()
    {
        await using var ips = await Started();
        await Enter(ips, Codes[0], "2026-11-16");
        await ips.Store(
            new PractitionerRole
            {
                Id = "kaisa-elsewhere", Practitioner = new ResourceReference("Practitioner/coach-kaisa"),
                Organization = new ResourceReference(Other),
            });
        var elsewhere = Given.SelfReferral("2026-11-16");
        elsewhere.ManagingOrganization = new ResourceReference(Other);
        elsewhere.CareManager = new ResourceReference("PractitionerRole/kaisa-elsewhere");
        ((Patient)elsewhere.Contained.Single()).Identifier.Single().Value = Codes[1];
        elsewhere = await RunningIps.Read<EpisodeOfCare>(
            await ips.Post("EpisodeOfCare", elsewhere), HttpStatusCode.Created);
        Assert.Equal([$"EpisodeOfCare/{elsewhere.Id}"], Episodes(await List(ips, team: Other)));
        Assert.Single(Episodes(await List(ips)));

        using var client = ips.Connect();
        Assert.Equal(["http.team"], await RunningIps.Faults(
            await client.GetAsync($"Practitioner/coach-matti/$caseload?team={Other}"), HttpStatusCode.Forbidden));
        Assert.Equal(["http.team"], await RunningIps.Faults(
            await client.GetAsync("Practitioner/coach-matti/$caseload"), HttpStatusCode.BadRequest));
        await RunningIps.Read<OperationOutcome>(
            await client.GetAsync($"Practitioner/nobody/$caseload?team={Team}"), HttpStatusCode.NotFound);
        // Another controller's register sees nothing of this one.
        client.DefaultRequestHeaders.Remove("omh-tenant");
        client.DefaultRequestHeaders.Add("omh-tenant", "another");
        await RunningIps.Read<OperationOutcome>(
            await client.GetAsync($"Practitioner/coach-kaisa/$caseload?team={Team}"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task When_a_coach_leaves_all_cases_go_over_at_once_each_with_its_history()
    {
        await using var ips = await Started();
        var first = await Enter(ips, Codes[0], "2026-10-01");
        await Enter(ips, Codes[1], "2026-11-16");
        var ended = await Finished(ips, await Enter(ips, Codes[2], "2026-10-10"));
        var job = Given.Job("2026-11-16");
        job.Subject = first.Patient;
        await Created(ips, job);
        var moved = await RunningIps.Read<Parameters>(
            await Transfer(ips, "PractitionerRole/coach-matti-role"), HttpStatusCode.OK);
        Assert.Equal(2, moved.Parameter.Count);
        Assert.All((await ips.All<EpisodeOfCare>()).Where(one => one.Id != ended.Id), episode => Assert.Equal(
            [
                $"PractitionerRole/coach-kaisa-role {episode.Period!.Start}..2026-11-23",
                "PractitionerRole/coach-matti-role 2026-11-23..",
            ],
            episode.Coaches()));
        Assert.Single((await ips.All<EpisodeOfCare>()).Single(one => one.Id == ended.Id).Coaches());
        Assert.All((await ips.All<FhirTask>()).Where(task => task.Status is Fhir.TaskStatus.Requested),
            task => Assert.Equal("PractitionerRole/coach-matti-role", task.Owner!.Reference));
        Assert.Empty(Episodes(await List(ips)));
        Assert.Equal(2, Episodes(await List(ips, "coach-matti")).Count);
        // Sent again, there is nothing left to move.
        Assert.Empty((await RunningIps.Read<Parameters>(
            await Transfer(ips, "PractitionerRole/coach-matti-role"), HttpStatusCode.OK)).Parameter);
    }

    [Fact]
    public async Task A_transfer_goes_to_another_coach_of_the_team_and_moves_all_or_none()
    {
        await using var ips = await Started();
        var first = await Enter(ips, Codes[0], "2026-10-01");
        var second = await Enter(ips, Codes[1], "2026-11-16");
        string[] others =
            ["PractitionerRole/nurse-noora-role", "PractitionerRole/coach-kaisa-role", "PractitionerRole/x"];
        foreach (var to in others)
            Assert.Equal(
                ["Parameters.parameter('to')"],
                await RunningIps.Faults(await Transfer(ips, to), HttpStatusCode.BadRequest));
        Assert.Equal(
            ["Parameters.parameter('episode')"],
            await RunningIps.Faults(
                await Transfer(ips, "PractitionerRole/coach-matti-role", first.Id!, "none"),
                HttpStatusCode.BadRequest));
        Assert.Equal(2, Episodes(await List(ips)).Count);
        await RunningIps.Read<Parameters>(
            await Transfer(ips, "PractitionerRole/coach-matti-role", second.Id!), HttpStatusCode.OK);
        Assert.Equal([$"EpisodeOfCare/{first.Id}"], Episodes(await List(ips)));
    }

    private static async Task<RunningIps> Started()
    {
        var ips = await RunningIps.Start();
        await ips.Store(
            new Practitioner { Id = "coach-matti" },
            new PractitionerRole
            {
                Id = "coach-matti-role", Practitioner = new ResourceReference("Practitioner/coach-matti"),
                Organization = new ResourceReference(Team),
            },
            new Organization { Id = "ips-unit-kanta-hame", Name = "Toinen yksikkö" });
        return ips;
    }

    private static async Task<EpisodeOfCare> Enter(RunningIps ips, string code, string start)
    {
        var episode = Given.SelfReferral(start);
        ((Patient)episode.Contained.Single()).Identifier.Single(one => one.System == Systems.IdentityCode).Value = code;
        return await Created(ips, episode);
    }

    private static async Task<EpisodeOfCare> Finished(RunningIps ips, EpisodeOfCare episode)
    {
        episode.Finish("client-wish");
        return await RunningIps.Read<EpisodeOfCare>(await ips.Put(episode), HttpStatusCode.OK);
    }

    private static async Task<T> Created<T>(RunningIps ips, T resource) where T : Resource =>
        await RunningIps.Read<T>(await ips.Post(resource.TypeName, resource), HttpStatusCode.Created);

    private static async Task<Parameters> List(RunningIps ips, string coach = "coach-kaisa", string team = Team)
    {
        using var client = ips.Connect();
        return await RunningIps.Read<Parameters>(
            await client.GetAsync($"Practitioner/{coach}/$caseload?team={team}"), HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> Transfer(RunningIps ips, string to, params string[] episodes)
    {
        var asked = new Parameters();
        asked.Parameter.Add(new Parameters.ParameterComponent { Name = "team", Value = new ResourceReference(Team) });
        asked.Parameter.Add(new Parameters.ParameterComponent { Name = "to", Value = new ResourceReference(to) });
        asked.Parameter.AddRange(episodes.Select(id => new Parameters.ParameterComponent
        {
            Name = "episode", Value = new ResourceReference($"EpisodeOfCare/{id}"),
        }));
        return ips.Post("Practitioner/coach-kaisa/$transfer-caseload", asked);
    }

    private static List<string> Episodes(Parameters list) =>
        [.. list.Parameter.Where(one => one.Name == "case")
            .Select(one => ((ResourceReference)one.Part[0].Value!).Reference!)];

    private static string Line(Parameters.ParameterComponent one)
    {
        var actions = one.Part.Where(part => part.Name == "next-action").Select(action =>
            $"{((Coding)Of(action, "kind")).Code} {((Date)Of(action, "due")).Text}"
            + (((FhirBoolean)Of(action, "overdue")).Value == true ? " overdue" : ""));
        return $"{((ResourceReference)Of(one, "episode")).Reference} {((Code)Of(one, "status")).Text} "
            + $"{((Coding)Of(one, "phase")).Code} {((Date)Of(one, "phase-since")).Text} "
            + $"missed {((Integer)Of(one, "missed-contacts")).Value}: {string.Join(", ", actions)}";
    }

    private static DataType Of(Parameters.ParameterComponent one, string name) =>
        one.Part.First(part => part.Name == name).Value!;
}
