using System.Net;
using Fhir;
using IpsCoaching.Outcomes;
using Messages;

namespace IpsCoaching.Tests.Teams;

/// <summary>Operations, figures and messages of a team that sees its own only, about what another team has.</summary>
public sealed class OtherTeamOperationsTests
{
    private const string Figures = "&period=ge2026-07-01&period=le2026-09-30";

    [Fact]
    public async Task Operations_and_figures_know_no_team_but_the_callers_own()
    {
        await using var ips = await TwoTeams.Start();
        var theirCase = await TwoTeams.TheirCase(ips);
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        await TwoTeams.AreAlike(HttpStatusCode.NotFound, theirCase.Id!, id => ours.PostAsync(
            $"EpisodeOfCare/{id}/$may-be-said", RunningIps.Body(Asks(
                ("employer", new Identifier("urn:oid:1.2.246.10", "1234567-1"))))));
        foreach (var (status, ask) in ((HttpStatusCode, Func<HttpClient, string, Task<HttpResponseMessage>>)[])
        [
            (HttpStatusCode.NotFound, (client, team) => client.GetAsync(
                $"MeasureReport?measure={ReportOutcomes.Url}&reporter=Organization/{team}{Figures}")),
            (HttpStatusCode.NotFound, (client, team) => client.GetAsync($"Organization/{team}/$export")),
            (HttpStatusCode.BadRequest, (client, team) => client.GetAsync(
                $"Practitioner/berta/$caseload?team=Organization/{team}")),
            (HttpStatusCode.BadRequest, (client, team) => client.PostAsync(
                "Practitioner/berta/$transfer-caseload", RunningIps.Body(Asks(
                    ("team", new ResourceReference($"Organization/{team}")),
                    ("to", new ResourceReference("PractitionerRole/coach-kaisa-role")))))),
            (HttpStatusCode.BadRequest, (client, team) => client.PostAsync(
                "$import-cases", RunningIps.Body(Import(team)))),
            (HttpStatusCode.BadRequest, (client, team) => client.PostAsync(
                "EpisodeOfCare", RunningIps.Body(Case(team)))),
        ])
        {
            await TwoTeams.AreAlike(status, TwoTeams.Theirs, id => ask(ours, id));
            // The others are refused for who asks alone; moving to a coach of another team is refused to all.
            using var own = await ask(theirs, TwoTeams.Theirs);
            var text = await own.Content.ReadAsStringAsync();
            Assert.True(own.IsSuccessStatusCode || !text.Contains("parameter('team')", StringComparison.Ordinal), text);
        }

        using var list = await theirs.GetAsync($"Practitioner/berta/$caseload?team=Organization/{TwoTeams.Theirs}");
        Assert.Single((await RunningIps.Read<Parameters>(list, HttpStatusCode.OK)).Parameter, one => one.Name == "case");
    }

    [Fact]
    public async Task A_client_of_another_team_is_to_messages_and_references_as_unknown_as_anybody()
    {
        await using var ips = await TwoTeams.Start();
        await TwoTeams.TheirCase(ips);
        using var ours = ips.As(TwoTeams.Ours);
        await TwoTeams.AreAlike(HttpStatusCode.UnprocessableEntity, Given.Client, async code =>
        {
            var update = Given.StatusUpdate("2026-11-22");
            update.Only<Patient>().Identifier.Single().Value = code == Given.Client ? code : "020594X903P";
            return await RunningIps.Send(ours, update);
        });
        await TwoTeams.AreAlike(HttpStatusCode.UnprocessableEntity, Given.Client, code =>
        {
            var job = Given.Job("2026-11-23");
            job.Subject!.Identifier!.Value = code == Given.Client ? code : "020594X903P";
            return ours.PostAsync("Observation", RunningIps.Body(job));
        });
    }

    private static Parameters Asks(params IEnumerable<(string Name, DataType Value)> values) => new()
    {
        Parameter = [.. values.Select(one => new Parameters.ParameterComponent { Name = one.Name, Value = one.Value })],
    };

    private static EpisodeOfCare Case(string team)
    {
        var episode = Given.SelfReferral();
        ((Patient)episode.Contained.Single()).Identifier.Single().Value = "030594W903B";
        episode.ManagingOrganization = new ResourceReference($"Organization/{team}");
        return episode;
    }

    private static Parameters Import(string team)
    {
        var asked = Asks(
            ("team", new ResourceReference($"Organization/{team}")), ("file", new FhirString("Hetu;Alku\n010594Y9021;1.10.2026")),
            ("dry-run", new FhirBoolean(false)));
        foreach (var (field, header) in new[] { ("identity-code", "Hetu"), ("entered", "Alku") })
            asked.Parameter.Add(new Parameters.ParameterComponent
            {
                Name = "column", Part = [.. Asks(("field", new Code(field)), ("header", new FhirString(header))).Parameter],
            });
        return asked;
    }
}
