using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>Jobs as ODH PastOrPresentJob, through REST.</summary>
public sealed class JobTests
{
    private const string IsCurrent = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/odh-isCurrentJob-extension",
        EmployerUrl = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/odh-Employer-extension";

    [Fact]
    public async Task A_job_begins_and_ends_with_a_reason()
    {
        await using var ips = await WithCase();
        var job = await RunningIps.Read<Observation>(
            await ips.Post("Observation", Given.Job("2026-11-09")), HttpStatusCode.Created);
        Assert.True(job.GetExtension(IsCurrent)?.Value is FhirBoolean { Value: true });
        job.Ends("2026-11-20");
        job = await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        Assert.True(job.GetExtension(IsCurrent)?.Value is FhirBoolean { Value: false });
        Assert.Equal(ObservationStatus.Final, job.Status);
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task What_is_no_change_is_a_correction_and_says_so()
    {
        await using var ips = await WithCase();
        var job = await RunningIps.Read<Observation>(
            await ips.Post("Observation", Given.Job("2026-11-09")), HttpStatusCode.Created);
        ((Period)job.Effective!).Start = "2026-11-10";
        Assert.Equal(["Observation.status"], await RunningIps.Faults(await ips.Put(job), HttpStatusCode.BadRequest));
        job.Status = ObservationStatus.Corrected;
        job = await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        job.Ends("2026-11-20");
        job = await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);

        // An end that was wrong is corrected too, not changed.
        job.Status = ObservationStatus.Final;
        ((Period)job.Effective!).End = "2026-11-21";
        Assert.Equal(["Observation.status"], await RunningIps.Faults(await ips.Put(job), HttpStatusCode.BadRequest));
        job.Status = ObservationStatus.EnteredInError;
        Assert.Equal(["Observation"], await RunningIps.Faults(await ips.Put(job), HttpStatusCode.BadRequest));
        ((Period)job.Effective!).End = "2026-11-20";
        Assert.Equal(HttpStatusCode.OK, (await ips.Put(job)).StatusCode);
        Assert.Equal(["Observation.status"], await RunningIps.Faults(await ips.Put(job), HttpStatusCode.BadRequest));
    }

    // Four paid hours: issue 6, item 2.
    [Theory]
    [InlineData(4, 1, "PWNSE", true)]
    [InlineData(3.9, 1, "PWNSE", false)]
    [InlineData(8, 5, "VW", false)]
    [InlineData(0.5, 7, "PWSE", false)]
    [InlineData(0.6, 7, "PWSE", true)]
    public async Task Work_of_under_four_paid_hours_a_week_is_no_job(
        double hours, int days, string work, bool isJob)
    {
        await using var ips = await WithCase();
        var job = Given.Job("2026-11-09");
        job.Has("87512-0", new Quantity { Value = (decimal)hours });
        job.Has("74160-3", new Quantity { Value = days });
        job.Has("85104-8", new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-WorkClassificationODH", work));
        var response = await ips.Post("Observation", job);
        if (isJob) Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        else Assert.Equal([work == "VW" ? "Observation.component('85104-8')" : "Observation.component"], await RunningIps.Faults(response, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_competitive_job_has_an_employer_with_a_business_id()
    {
        await using var ips = await WithCase();
        var job = Given.Job("2026-11-09", employer: "Kauppa");
        string[] place = ["Observation.extension('odh-Employer-extension')"];
        Assert.Equal(place, await RunningIps.Faults(await ips.Post("Observation", job), HttpStatusCode.BadRequest));
        job.Extension.RemoveAll(one => one.Url == EmployerUrl);
        Assert.Equal(place, await RunningIps.Faults(await ips.Post("Observation", job), HttpStatusCode.BadRequest));
        job.SetExtension(Canonicals.StructureDefinition("ips-job-kind"),
            new Coding(Canonicals.CodeSystem("ips-job-kind"), "trial"));
        Assert.Equal(HttpStatusCode.Created, (await ips.Post("Observation", job)).StatusCode);
    }

    [Theory]
    [InlineData("2026-11-15", null, true)]
    [InlineData("2026-11-01", "2026-11-09", true)]
    [InlineData("2026-11-01", "2026-11-08", false)]
    [InlineData("2026-11-21", null, false)]
    public async Task Days_of_the_same_job_do_not_overlap(string start, string? end, bool overlaps)
    {
        await using var ips = await WithCase();
        await RunningIps.Read<Observation>(
            await ips.Post("Observation", Given.Job("2026-11-09", "2026-11-20")), HttpStatusCode.Created);
        var response = await ips.Post("Observation", Given.Job(start, end));
        if (!overlaps) Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        else Assert.Equal(["Observation.effective"], await RunningIps.Faults(response, HttpStatusCode.Conflict));
        // Two employers at once are two jobs.
        Assert.Equal(HttpStatusCode.Created,
            (await ips.Post("Observation", Given.Job(start, end, "7654321-2"))).StatusCode);
    }

    [Fact]
    public async Task Every_fault_of_a_job_is_listed_with_its_place()
    {
        await using var ips = await WithCase();
        var job = Given.Job("2026-12-01", "2026-11-30", "nobody");
        (job.Meta, job.Value) = (null, null);
        job.Category.Clear();
        job.Component.Clear();
        job.Ends("2026-11-30", "bored");
        job.SetExtension(IsCurrent, new FhirBoolean(true));
        Assert.Equal(
            [
                "Observation.category", "Observation.component('74160-3')", "Observation.component('85104-8')",
                "Observation.component('87512-0')", "Observation.effective", "Observation.effective.end",
                "Observation.effective.end", "Observation.effective.start", "Observation.extension('ips-job-end-reason')",
                "Observation.extension('odh-Employer-extension')",
                "Observation.extension('odh-isCurrentJob-extension')", "Observation.meta.profile", "Observation.value",
            ],
            await RunningIps.Faults(await ips.Post("Observation", job), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<Observation>());
        Assert.Empty(await ips.All<FhirTask>());
    }

    private static async Task<RunningIps> WithCase()
    {
        var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-10-01");
        return ips;
    }
}
