using System.Net;
using Fhir;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>Education as an outcome: starts and ends by change, everything else by correction.</summary>
public sealed class EducationTests
{
    [Fact]
    public async Task Education_is_agreed_begins_and_ends_and_each_version_stays()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        var agreed = Recorded.Education(episode, "2026-11-24");
        agreed.Status = ObservationStatus.Registered;
        var education = await Created(ips, agreed);
        ips.Clock.Go("2026-11-24");
        education.Status = ObservationStatus.Final;
        education = await RunningIps.Read<Observation>(await ips.Put(education), HttpStatusCode.OK);
        ips.Clock.Go("2027-05-31");
        education.Completes("2027-05-31");
        education = await RunningIps.Read<Observation>(await ips.Put(education), HttpStatusCode.OK);
        Assert.Equal("3", education.Meta!.VersionId);
        Assert.Empty(await ips.Outbox());
        Assert.Empty(await ips.All<FhirTask>());
    }

    [Fact]
    public async Task A_correction_says_so_and_a_change_does_not_hide_one()
    {
        await using var ips = await RunningIps.Start();
        var education = await Created(ips, Recorded.Education(await Life.Enter(ips, "2026-10-01"), "2026-10-05"));
        ((Period)education.Effective!).Start = "2026-10-06";
        Assert.Equal(
            ["Observation.status"], await RunningIps.Faults(await ips.Put(education), HttpStatusCode.BadRequest));
        education.Status = ObservationStatus.Corrected;
        await RunningIps.Read<Observation>(await ips.Put(education), HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("2026-11-20", null, "Kokki", true)]
    [InlineData("2026-10-01", "2026-10-05", "Kokki", true)]
    [InlineData("2026-10-01", "2026-10-04", "Kokki", false)]
    [InlineData("2026-11-20", null, "Leipuri", false)]
    public async Task The_same_education_is_not_recorded_twice_for_the_same_days(
        string start, string? end, string what, bool contradicts)
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-10-01");
        await Created(ips, Recorded.Education(episode, "2026-10-05"));
        var response = await ips.Post("Observation", Recorded.Education(episode, start, end, what));
        if (contradicts)
            Assert.Equal(["Observation.effective"], await RunningIps.Faults(response, HttpStatusCode.Conflict));
        else
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Every_fault_of_an_education_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var education = Recorded.Education(await Life.Enter(ips, "2026-10-01"), "2026-12-02", "2026-12-01");
        education.Completes("2026-12-01", "bored");
        education.Value = new FhirString("Kokki");
        education.Subject = null;
        Assert.Equal(
            [
                "Observation.effective", "Observation.effective.end", "Observation.effective.end",
                "Observation.effective.start", "Observation.extension('ips-education-end-reason')",
                "Observation.subject", "Observation.value",
            ],
            await RunningIps.Faults(await ips.Post("Observation", education), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<Observation>());
    }

    private static async Task<Observation> Created(RunningIps ips, Observation education) =>
        await RunningIps.Read<Observation>(await ips.Post("Observation", education), HttpStatusCode.Created);
}
