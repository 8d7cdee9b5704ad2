using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using static IpsCoaching.Tests.Bulk.Importing;

namespace IpsCoaching.Tests.Bulk;

/// <summary>A spreadsheet of jobs or employment statuses grows and comes again.</summary>
public sealed class ImportJobsTwiceTests
{
    private static readonly string Working = $"{Given.Client};5.10.2026;;;9112;1234567-1;4;5;PWNSE\n";

    [Fact]
    public async Task Jobs_imported_twice_are_there_once()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var file = $"{Jobs.Replace("employer", "job-kind", StringComparison.Ordinal)}"
            + $"{Given.Client};5.10.2026;;;9112;sheltered;4;5;PWNSE\n{Given.Client};5.10.2026;;;9112;trial;4,0;5;PWNSE\n";
        Assert.Equal(["2 created", "3 created"], await ips.Records("jobs", file).Lines());
        Assert.Equal(["2 known", "3 known"], await ips.Records("jobs", file).Lines());
        Assert.Equal(["2 created"], await ips.Records("jobs", Jobs + Working).Lines());
        var stored = await ips.All<Observation>();
        Assert.Equal(["2 known", "3 known!"], await ips.Records("jobs", Jobs + Working + Working).Lines());
        Assert.Equal(
            stored.Select(one => (one.Id, one.Meta!.VersionId)),
            (await ips.All<Observation>()).Select(one => (one.Id, one.Meta!.VersionId)));
        var status = $"identity-code;started;status\n{Given.Client};2026-10-05;Employed\n";
        Assert.Equal(["2 created"], await ips.Records("employment-status", status).Lines());
        Assert.Equal(["2 known", "3 known!"],
            await ips.Records("employment-status", $"{status}{Given.Client};5.10.2026;Employed").Lines());
        Assert.Equal(["line[2].started"],
            await ips.Records("employment-status", status.Replace("Employed", "Unemployed", StringComparison.Ordinal)).Faults());
    }

    [Fact]
    public async Task A_job_that_has_ended_or_was_told_wrongly_is_changed_and_an_older_file_changes_nothing()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        Assert.Equal(["2 created"], await ips.Records("jobs", Jobs + Working).Lines());
        var ended = $"{Jobs}{Given.Client};5.10.2026;30.10.2026;laid-off;9112;1234567-1;4;5;PWNSE\n";
        Assert.Equal(["2 changed"], await ips.Records("jobs", ended, isDryRun: true).Lines());
        Assert.Equal(["2 changed"], await ips.Records("jobs", ended).Lines());
        var job = Assert.Single(await ips.All<Observation>());
        Assert.Equal((ObservationStatus.Final, "2026-10-30"), (job.Status, ((Period)job.Effective!).End));
        Assert.Equal(["2 known!"], await ips.Records("jobs", Jobs + Working).Lines());

        var corrected = $"{Jobs}{Given.Client};5.10.2026;30.10.2026;laid-off;7512;1234567-1;6;5;PWNSE\n";
        Assert.Equal(["2 changed"], await ips.Records("jobs", corrected).Lines());
        Assert.Equal(["2 known"], await ips.Records("jobs", corrected).Lines());
        job = Assert.Single(await ips.All<Observation>());
        Assert.Equal(
            (ObservationStatus.Corrected, "7512", 6m),
            (job.Status, ((CodeableConcept)job.Value!).Coding.Single().Code,
                job.Component.Select(one => one.Value).OfType<Quantity>().Max(one => one.Value)));
        Assert.Equal(["line[3].started"], await ips.Records("jobs", corrected + Working).Faults());
        Assert.Equal(["line[2].started"], await ips.Records(
            "jobs", $"{Jobs}{Given.Client};6.10.2026;;;9112;1234567-1;4;5;PWNSE").Faults());
    }

    [Fact]
    public async Task An_agreed_job_begins_with_its_line_and_one_that_was_withdrawn_here_does_not_come_back()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var agreed = Given.Job("2026-11-24");
        agreed.Status = ObservationStatus.Registered;
        await RunningIps.Read<Observation>(await ips.Post("Observation", agreed), HttpStatusCode.Created);
        ips.Clock.Go("2026-11-25");
        var file = $"{Jobs}{Given.Client};24.11.2026;;;9112;1234567-1;4;5;PWNSE\n";
        Assert.Equal(["2 changed"], await ips.Records("jobs", file).Lines());
        var job = Assert.Single(await ips.All<Observation>());
        Assert.Equal(ObservationStatus.Final, job.Status);
        job.Status = ObservationStatus.EnteredInError;
        await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        Assert.Equal(["2 known!"], await ips.Records("jobs", file).Lines());
        Assert.Equal(ObservationStatus.EnteredInError, Assert.Single(await ips.All<Observation>()).Status);
    }
}
