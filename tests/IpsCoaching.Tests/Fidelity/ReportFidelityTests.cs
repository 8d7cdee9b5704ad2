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
    private const string Unit = "Organization/ips-unit-pirkanmaa";

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
        // Employment services in October, of which alone all days are in the period.
        var services = Given.Contact(first, "2026-10-15", "employment-services", "VR");
        services.EpisodeOfCare.Clear();
        await RunningIps.Read<Encounter>(await ips.Post("Encounter", services), HttpStatusCode.Created);
        var job = Given.Job("2026-11-09");
        job.Subject = first.Patient;
        await RunningIps.Read<Observation>(await ips.Post("Observation", job), HttpStatusCode.Created);

        var report = (await RunningIps.Read<Bundle>(
            await Get(ips, Unit, "2026-10-01", "2026-11-22"), HttpStatusCode.OK)).Only<MeasureReport>();
        // Meetings: 2 in 53 days by one coach. Follow-along until 22 November: the contact of 10 November was in the
        // days after the start and in the first week, the one before the start and the second week were missed.
        Assert.Equal(
            [
                "1 5 computed coaches=1 clients=2", "2 5 computed coaching-minutes=150 all-minutes=150",
                "3 - proposed one-coach=2 cases=2", "4 - below-top clients=2 from-two-teams=0",
                "5 - partly weeks=7 team-meeting-weeks=0", "6 - partly months=1 employment-services-months=1",
                "7 - partly coaches=1 weeks=7 supervision-weeks=0", "8 - reviewer",
                "9 - partly refused=1 refused-no-capacity=1", "10 - reviewer", "11 - reviewer",
                "12 - below-top clients=1 counselled=0",
                "13 - below-top clients=2 talked-once=2 talked-repeatedly=0",
                "14 - no-evidence jobs-ended=0 profiles-updated=0",
                "15 5 computed with-employer-contact=2 without-employer-contact=0",
                "16 - partly jobs=1 jobs-with-wish=0 jobs-as-wished=0", "17 1 computed coaches=1 meetings=2 days=53",
                "18 - partly employers-met=1 employers-met-often=0", "19 5 computed jobs=1 occupations=1",
                "20 5 computed jobs=1 employers=1", "21 5 computed jobs=1 competitive=1 not-fixed-term=1",
                "22 - partly working=1 working-met=1 employer-met=0",
                "23 - below-top contacts-made=2 contacts-missed=2",
                "24 5 computed community-minutes=60 office-minutes=30", "25 - partly attempts=0",
                "total - scored-items=8 points=36",
            ],
            report.Group.Select(Line));
        // Half a year after the first case.
        Assert.Equal("2027-04-01", ((Date)report.GetExtension(
            Canonicals.StructureDefinition("ips-fidelity-review-due"))!.Value!).Value);
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
        await RunningIps.Read<OperationOutcome>(
            await Get(ips, Unit, "2026-10-01", "2026-11-22", "image/svg%2Bxml"), HttpStatusCode.NotAcceptable);
        await RunningIps.Read<OperationOutcome>(
            await Get(ips, Unit, "2026-10-01", "2026-11-22", "text/plain"), HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task The_metadata_lists_the_report_with_its_measures_and_formats()
    {
        await using var ips = await RunningIps.Start();
        using var client = ips.Connect();
        var statement = await RunningIps.Read<CapabilityStatement>(
            await client.GetAsync("metadata"), HttpStatusCode.OK);
        var report = statement.Rest[0].Resource.Single(one => one.Type is ResourceType.MeasureReport);
        Assert.Equal(["measure", "reporter", "period"], report.SearchParam.Select(one => one.Name));
        Assert.Contains(ReportFidelity.Url, report.Documentation, StringComparison.Ordinal);
        Assert.Equal([TypeRestfulInteraction.SearchType], report.Interaction.Select(one => one.Code!.Value));
        Assert.Contains("text/csv", statement.FormatElement.Select(one => one.Value));
    }

    [Fact]
    public async Task The_measures_say_what_their_reports_hold_in_three_languages()
    {
        await using var ips = await RunningIps.Start();
        using var client = ips.Connect();
        var all = (await RunningIps.Read<Bundle>(await client.GetAsync("Measure"), HttpStatusCode.OK)).All<Measure>();
        Assert.Equal([25, 18], all.Select(measure => measure.Group.Count));
        var one = (await RunningIps.Read<Bundle>(
            await client.GetAsync($"Measure?url={Uri.EscapeDataString(ReportFidelity.Url)}"), HttpStatusCode.OK))
            .Only<Measure>();
        Assert.Equal("Clients per coach", one.Group[0].Code!.Coding[0].Display);
        Assert.Equal(3, one.Group[0].Code!.Coding[0].DisplayElement!.Extension.Count);
    }

    /// <summary>An item as number, score that counts, basis and evidence.</summary>
    internal static string Line(MeasureReport.GroupComponent group)
    {
        var basis = (group.GetExtension(Canonicals.StructureDefinition("ips-fidelity-basis"))?.Value as Coding)?.Code;
        return string.Join(' ',
            [
                group.Code!.Coding[0].Code!,
                group.MeasureScore is { } score ? score.Value!.Value.ToString(CultureInfo.InvariantCulture) : "-",
                .. basis is null ? Array.Empty<string>() : [basis],
                .. group.Population.Select(one => $"{one.Code!.Coding[0].Code}={one.Count}"),
            ]);
    }

    internal static async Task<HttpResponseMessage> Get(
        RunningIps ips, string unit, string from, string to, string? format = null, string? lang = null)
    {
        using var client = ips.Connect();
        return await client.GetAsync(
            $"MeasureReport?measure={Uri.EscapeDataString(ReportFidelity.Url)}&reporter={unit}"
            + $"&period=ge{from}&period=le{to}{(format is null ? "" : $"&_format={format}")}"
            + (lang is null ? "" : $"&lang={lang}"));
    }

    internal static async Task<EpisodeOfCare> Enter(RunningIps ips, string code, string start)
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
