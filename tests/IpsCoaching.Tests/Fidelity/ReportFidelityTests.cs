using System.Globalization;
using System.Net;
using Fhir;
using IpsCoaching.Fidelity;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.Fidelity;

/// <summary>A small unit whose fidelity was counted by hand, through real requests.</summary>
public sealed class ReportFidelityTests
{
    // Test codes of the 900 series (domain.md §2.1).
    private static readonly string[] Codes = ["010594Y9032", "020594X903P", "030594W903B"];

    [Fact]
    public async Task The_report_of_a_unit_has_the_scores_and_counts_of_its_cases()
    {
        await using var ips = await RunningIps.Start();
        var first = await Enter(ips, Codes[0], "2026-10-01");
        var second = await Enter(ips, Codes[1], "2026-10-24");
        var third = await Enter(ips, Codes[2], "2026-11-02");
        third.Refuse("no-capacity");
        await RunningIps.Read<EpisodeOfCare>(await ips.Put(third), HttpStatusCode.OK);
        // An employer after 30 days and after 2: the median is 16. One was met in no client's name, one by telephone.
        await Meet(ips, first, "2026-10-31", "FLD");
        await Meet(ips, second, "2026-10-26", "VR");
        await Meet(ips, null, "2026-11-03", "FLD");
        // 60 minutes outside so far; 30 at the office: 2/3 are at least 65 %.
        await RunningIps.Read<Encounter>(
            await ips.Post("Encounter", Given.Contact(first, "2026-11-10", place: "AMB")), HttpStatusCode.Created);
        var job = Given.Job("2026-11-09");
        job.Subject = first.Patient;
        await RunningIps.Read<Observation>(await ips.Post("Observation", job), HttpStatusCode.Created);

        var report = (await RunningIps.Read<Bundle>(
            await Get(ips, "Organization/ips-unit-pirkanmaa", "2026-10-01", "2026-11-22"), HttpStatusCode.OK))
            .Only<MeasureReport>();
        // Meetings: 2 in 53 days by one coach. Follow-along until 22 November: the contact of 10 November was in the
        // days after the start and in the first week, the one before the start and the second week were missed.
        Assert.Equal(
            [
                "1 5 coaches=1 clients=2", "9 - refused=1 refused-no-capacity=1",
                "15 5 with-employer-contact=2 without-employer-contact=0", "17 1 coaches=1 meetings=2 days=53",
                "19 5 jobs=1 occupations=1", "20 5 jobs=1 employers=1", "23 - contacts-made=2 contacts-missed=2",
                "24 5 community-minutes=60 office-minutes=30",
            ],
            report.Group.Select(group => string.Create(CultureInfo.InvariantCulture,
                $"{group.Code!.Coding[0].Code} {(group.MeasureScore is { } score ? score.Value : "-")} ")
                + string.Join(' ', group.Population.Select(one => $"{one.Code!.Coding[0].Code}={one.Count}"))));
    }

    [Fact]
    public async Task Every_fault_of_a_request_is_named()
    {
        await using var ips = await RunningIps.Start();
        using var client = ips.Connect();
        Assert.Equal(
            ["http.measure", "http.period", "http.reporter"],
            await RunningIps.Faults(
                await client.GetAsync("MeasureReport?period=ge2026-11-02&period=le2026-11-01"),
                HttpStatusCode.BadRequest));
        await RunningIps.Read<OperationOutcome>(
            await Get(ips, "Organization/nowhere", "2026-10-01", "2026-11-22"), HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> Get(RunningIps ips, string unit, string from, string to)
    {
        using var client = ips.Connect();
        return await client.GetAsync(
            $"MeasureReport?measure={Uri.EscapeDataString(ReportFidelity.Measure)}&reporter={unit}"
            + $"&period=ge{from}&period=le{to}");
    }

    private static async Task<EpisodeOfCare> Enter(RunningIps ips, string code, string start)
    {
        var episode = Given.SelfReferral(start);
        ((Patient)episode.Contained.Single()).Identifier.Single(one => one.System == Systems.IdentityCode).Value = code;
        episode = await RunningIps.Read<EpisodeOfCare>(
            await ips.Post("EpisodeOfCare", episode), HttpStatusCode.Created);
        await ips.MayContactAll(episode);
        return episode;
    }

    private static async Task Meet(RunningIps ips, EpisodeOfCare? episode, string day, string place)
    {
        var contact = Given.Contact(episode ?? new EpisodeOfCare(), day, "employer", place);
        if (episode is null) contact.EpisodeOfCare.Clear();
        contact.SetExtension(Canonicals.StructureDefinition("ips-employer"), new ResourceReference
        {
            Identifier = new Identifier("urn:oid:1.2.246.10", "1234567-1"),
        });
        await RunningIps.Read<Encounter>(await ips.Post("Encounter", contact), HttpStatusCode.Created);
    }
}
