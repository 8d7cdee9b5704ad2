using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using IpsCoaching.Tests.Teams;
using Messages;
using static IpsCoaching.Tests.Bulk.Importing;

namespace IpsCoaching.Tests.Bulk;

/// <summary>Jobs, employment statuses and contacts out of spreadsheets.</summary>
public sealed class ImportRecordsTests
{
    [Fact]
    public async Task All_kinds_are_previewed_and_then_stored_as_if_they_had_been_sent()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-09-01");
        await ips.MayContactAll(episode);
        var jobs = $"{Jobs}{Given.Client};5.10.2026;30.10.2026;laid-off;9112;1234567-1;7,5;3;PWNSE\n"
            + $"{Given.Client};2.11.2026;;;7512;7654321-2;4;5;PWNSE";
        Assert.Equal(["2 valid", "3 valid"], await ips.Records("jobs", jobs, isDryRun: true).Lines());
        Assert.Empty(await ips.All<Observation>());
        Assert.Equal(["2 created", "3 created"], await ips.Records("jobs", jobs).Lines());
        var stored = (await ips.All<Observation>()).OrderBy(one => ((Period)one.Effective!).Start).ToList();
        Assert.Equal(["2026-10-05", "2026-11-02"], stored.Select(one => ((Period)one.Effective!).Start));
        Assert.Equal(7.5m, stored[0].Component.Select(one => (one.Value as Quantity)?.Value).First());
        Assert.All(stored, one => Assert.Equal(episode.Patient!.Reference, one.Subject!.Reference));
        Assert.NotEmpty(await ips.All<FhirTask>());

        var status = $"identity-code;started;status\n{Given.Client};2026-10-05;Employed";
        Assert.Equal(["2 created"], await ips.Records("employment-status", status).Lines());
        Assert.Equal(["2 known"], await ips.Records("employment-status", status).Lines());
        var contacts = $"{Contacts}{Given.Client};3.11.2026;client;FLD;45;\n{Given.Client};1.10.2026;employer;FLD;30;1234567-1\n"
            + ";2.10.2026;employment-services;VR;60;";
        Assert.Equal(["2 created", "3 created", "4 created"], await ips.Records("contacts", contacts).Lines());
        Assert.Equal(2, (await ips.All<Encounter>()).Count(one => one.EpisodeOfCare.Count == 1
            && one.EpisodeOfCare[0].Reference == $"EpisodeOfCare/{episode.Id}"));
    }

    [Fact]
    public async Task What_belongs_to_a_case_that_has_ended_is_taken_for_that_case_and_told_to_nobody()
    {
        await using var ips = await RunningIps.Start();
        await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        ips.Clock.Go("2027-03-01");
        var episode = await Life.Changed(ips, one =>
        {
            one.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role");
        });
        episode = await Life.Changed(ips, one => one.Finish("client-wish", "2027-02-26"));
        using var team = ips.As("ips-unit-pirkanmaa");
        Assert.Equal(["2 created"], await team.Records(
            "jobs", $"{Jobs}{Given.Client};7.12.2026;29.1.2027;laid-off;9112;1234567-1;4;5;PWNSE").Lines());
        Assert.Equal(["2 created"], await team.Records(
            "employment-status", $"identity-code;started;status\n{Given.Client};2026-12-07;Employed").Lines());
        Assert.Equal(["2 created"], await team.Records(
            "contacts", $"{Contacts}{Given.Client};8.12.2026;client;FLD;45;").Lines());
        Assert.Equal(2, (await TwoTeams.Sees(team, "Observation")).Count);
        Assert.Equal($"EpisodeOfCare/{episode.Id}", Assert.Single(await ips.All<Encounter>()).EpisodeOfCare.Single().Reference);
        Assert.Empty((await ips.Outbox()).Where(one => one.Bundle.All<Observation>().Any()));
        // By REST, and of days outside of it, it is refused as before.
        Assert.Equal(["Observation.subject"], await RunningIps.Faults(
            await ips.Post("Observation", Given.Job("2026-12-08", "2026-12-18", "7654321-2")), HttpStatusCode.UnprocessableEntity));
        Assert.Equal(["line[2].started"], await RunningIps.Faults(await ips.Records(
            "jobs", $"{Jobs}{Given.Client};1.10.2026;30.10.2026;laid-off;9112;7654321-2;4;5;PWNSE"), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Every_fault_of_every_line_is_named_and_nothing_is_stored()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var jobs = $"{Jobs}{Given.Client};5.10.2026;;;9112;1234567-1;4;5;PWNSE\n"
            + $"{Given.Client};32.10.2026;;tired;9112;12;x;5;\n010594Y9032;5.10.2026;;;9112;1234567-1;4;5;PWNSE\n"
            + $"{Given.Client};6.10.2026;;;9112;1234567-1;4;5;PWNSE";
        using var refused = await ips.Records("jobs", jobs);
        Assert.Equal(
            [
                "line[3].employer", "line[3].end-reason", "line[3].hours-a-day", "line[3].started", "line[3].work-class",
                "line[4].identity-code", "line[5].started",
            ],
            await RunningIps.Faults(refused, HttpStatusCode.BadRequest));
        Assert.DoesNotContain(Given.Client, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await ips.All<Observation>());
        Assert.Equal(["2 valid", "3 refused", "4 refused", "5 refused"],
            await ips.Records("jobs", jobs, isDryRun: true).Lines());
        using var contacts = await ips.Records("contacts", $"{Contacts}{Given.Client};3.8.2026;client;FLD;0;\n;1.10.2026;x;y;5;");
        Assert.Equal(
            ["line[2].day", "line[2].minutes", "line[3].contact-kind", "line[3].identity-code", "line[3].place"],
            await RunningIps.Faults(contacts, HttpStatusCode.BadRequest));
        Assert.Equal(["Parameters.parameter('kind')"], await RunningIps.Faults(
            await ips.Records("hours", jobs), HttpStatusCode.BadRequest));
    }
}
