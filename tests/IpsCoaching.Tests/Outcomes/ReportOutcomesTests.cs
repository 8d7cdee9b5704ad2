using System.Globalization;
using System.Net;
using Fhir;
using IpsCoaching.Outcomes;
using IpsCoaching.Tests.Figures;

namespace IpsCoaching.Tests.Outcomes;

/// <summary>Outcomes of constructed programmes, counted by hand, through the real service.</summary>
public sealed class ReportOutcomesTests
{
    // The third quarter of 2026 ends before the day on which tests run.
    private const string From = "2026-07-01", To = "2026-09-30";

    // Seed 003: of about 700 clients 46 % got open employment; 322 of 700.
    [Fact]
    public async Task A_programme_of_700_clients_of_whom_46_per_cent_got_open_employment_prints_46_per_cent()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 700; i++)
        {
            var client = programme.Client("2025-09-01");
            programme.Contact(client, i % 2 == 0 ? "2025-09-21" : "2025-10-01", "employer");
            // 322 work: 200 of them since last autumn, 100 from this quarter on, 22 of whom have two jobs by now;
            // another 22 worked until August.
            if (i < 200) programme.Job(client, "2025-11-03");
            else if (i < 300) programme.Job(client, "2026-08-03");
            else if (i < 322) programme.Job(client, "2026-03-02", "2026-08-02", reason: "resigned");
            if (i is >= 200 and < 222) programme.Job(client, "2026-09-07", employer: "7654321-2");
            // Nothing of these counts: not on the open market, over before, or begun afterwards.
            if (i is >= 322 and < 400) Programme.IsNoOpenJob(programme.Job(client, "2026-07-06"));
            if (i is >= 400 and < 500) programme.Job(client, "2026-02-02", "2026-06-30");
            if (i is >= 500 and < 600) programme.Job(client, "2026-10-01");
        }

        await programme.StoreIn(ips);
        var report = await Report(ips, From, To);
        Assert.Equal(
            [
                "worked 46 % clients=700 at-work=322 not-at-work=378",
                "retention - clients=0 at-work=0 not-at-work=0",
                // 322 people with 344 jobs, of which 122 began.
                "jobs - jobs-of-quarter=344 job-starts=122 jobs-from-before=222",
                // 13 weeks from 2026-03-02 or 2025-11-03 ended earlier, from 2026-08-03 they end later.
                "kept-13 - jobs-of-quarter=0 kept=0 lost=0",
                // 26 weeks from 2026-02-02 end on 2 August, from 2026-03-02 on 30 August: 100 and 22 jobs, all over.
                "kept-26 0 % jobs-of-quarter=122 kept=0 lost=122",
                "kept-52 - jobs-of-quarter=0 kept=0 lost=0",
                // Since November: 48 of the 52 weeks from 2 October 2025 on. All others at most 22.
                "steady 28.6 % clients=700 steady-clients=200 other-clients=500",
                "job-ends - all-ends=22 resigned=22 dismissed=0 laid-off=0 fixed-term-ended=0 other=0",
                "hours-a-week 20 h/wk", "days-to-first-contact - clients=0",
                // From 1 September 2025 to 3 August 2026.
                "days-to-first-job 336 d clients=100", "education - clients=0",
                "view-wellbeing - answers=0", "change-wellbeing - answers=0", "view-inclusion - answers=0",
                "change-inclusion - answers=0", "view-finances - answers=0", "change-finances - answers=0",
            ],
            report.Group.Select(Line));
        Assert.Equal(
            [31m, 40m, 41m, 46m, 50m],
            report.Group[0].Extension.Select(one => ((Quantity)one.GetExtension("share")!.Value!).Value!.Value));

        var csv = await (await Get(ips, From, To, "text/csv", "en")).Content.ReadAsStringAsync();
        Assert.Contains(
            "2026-Q3,worked,In competitive work in the quarter,score,,46,%,\r\n", csv, StringComparison.Ordinal);
        var autumn = await Report(ips, "2025-07-01", "2025-09-30");
        Assert.Equal("days-to-first-contact 20 d clients=350", Line(autumn.Group[9]));
    }

    [Fact]
    public async Task The_first_and_the_last_day_of_a_quarter_belong_to_it_and_the_days_beside_do_not()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        void Work(string start, string? end = null) => programme.Job(programme.Client("2026-01-01"), start, end);
        for (var i = 0; i < 5; i++)
        {
            Work("2026-01-05", "2026-06-30");
            Work("2026-01-05", "2026-07-01");
            Work("2026-09-30");
            Work("2026-10-01");
            programme.Client("2026-01-01", "2026-06-30");
            programme.Client("2026-10-01");
        }

        await programme.StoreIn(ips);
        Assert.Equal("worked 50 % clients=20 at-work=10 not-at-work=10", Line((await Report(ips, From, To)).Group[0]));
        // The running quarter goes until today.
        Assert.Equal(
            "worked 40 % clients=25 at-work=10 not-at-work=15",
            Line((await Report(ips, "2026-10-01", "2026-12-31")).Group[0]));
    }

    [Fact]
    public async Task Work_that_begins_when_a_case_has_ended_is_not_of_that_quarter_also_for_who_comes_back_later()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 5; i++)
        {
            programme.Job(programme.Client("2026-01-01"), "2026-08-03");
            var former = programme.Client("2026-01-01", "2026-07-31");
            programme.Job(former, "2026-08-03");
            programme.Again(former, "2026-10-05");
        }

        await programme.StoreIn(ips);
        Assert.Equal("worked 50 % clients=10 at-work=5 not-at-work=5", Line((await Report(ips, From, To)).Group[0]));
    }

    [Fact]
    public async Task Who_came_to_keep_a_job_is_counted_apart()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 10; i++)
        {
            if (i < 5) programme.Job(programme.Client("2026-05-04"), "2026-06-01");
            else programme.Client("2026-05-04");
            // Marked so at entry, in a job on the day before, or employed by what was said of the status.
            var kept = programme.Client("2026-05-04", isRetention: i < 3);
            if (i < 3) programme.Job(kept, "2026-06-01");
            else if (i < 5) programme.Job(kept, "2020-01-07");
            else if (i < 8) programme.Job(kept, "2020-01-07", "2026-06-15");
            else programme.Employed(kept, "2026-05-03");
        }

        await programme.StoreIn(ips);
        Assert.Equal(
            [
                "worked 50 % clients=10 at-work=5 not-at-work=5",
                "retention 50 % clients=10 at-work=5 not-at-work=5",
                "jobs - jobs-of-quarter=5 job-starts=0 jobs-from-before=5",
            ],
            (await Report(ips, From, To)).Group.Take(3).Select(Line));
    }

    [Fact]
    public async Task A_person_counts_once_with_two_cases_and_two_jobs_and_not_by_what_came_after_the_case()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 5; i++)
        {
            var client = programme.Client("2026-03-02", "2026-07-31");
            programme.Job(client, "2026-06-01", "2026-07-20");
            programme.Job(client, "2026-07-06", "2026-07-20", employer: "7654321-2");
            programme.Again(client, "2026-08-31");
            programme.Job(programme.Client("2026-03-02", "2026-07-31"), "2026-08-01");
        }

        await programme.StoreIn(ips);
        var report = await Report(ips, From, To);
        Assert.Equal("worked 50 % clients=10 at-work=5 not-at-work=5", Line(report.Group[0]));
        Assert.Equal("jobs - jobs-of-quarter=10 job-starts=5 jobs-from-before=5", Line(report.Group[2]));
    }

    // 13 weeks from 2 April 2026 end on 1 July, so that 1 July is the last day that a job has to last.
    [Theory]
    [InlineData(null, "kept-13 100 % jobs-of-quarter=5 kept=5 lost=0")]
    [InlineData("2026-07-01", "kept-13 100 % jobs-of-quarter=5 kept=5 lost=0")]
    [InlineData("2026-06-30", "kept-13 0 % jobs-of-quarter=5 kept=0 lost=5")]
    public async Task A_job_is_kept_for_13_weeks_when_it_lasts_to_the_end_of_the_last_day(string? end, string expected)
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 5; i++) programme.Job(programme.Client("2026-03-02"), "2026-04-02", end);
        await programme.StoreIn(ips);
        Assert.Equal(expected, Line((await Report(ips, From, To)).Group[3]));
    }

    // The 52 weeks to 30 September 2026 begin on 2 October 2025; the 27th of them begins on 2 April 2026.
    [Theory]
    [InlineData("2026-04-02", "steady 0 % clients=5 steady-clients=0 other-clients=5")]
    [InlineData("2026-04-01", "steady 100 % clients=5 steady-clients=5 other-clients=0")]
    public async Task More_than_half_of_the_weeks_of_a_year_is_steady_and_half_is_not(string start, string expected)
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 5; i++) programme.Job(programme.Client("2025-10-02"), start);
        // Not a client for a year yet.
        for (var i = 0; i < 5; i++) programme.Client("2025-10-03");
        await programme.StoreIn(ips);
        Assert.Equal(expected, Line((await Report(ips, From, To)).Group[6]));
    }

    [Fact]
    public async Task Small_groups_are_hidden_and_cannot_be_reckoned_from_what_is_shown()
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 20; i++)
        {
            var client = programme.Client("2026-05-04");
            if (i < 4) programme.Job(client, "2026-07-06", "2026-08-02");
            if (i < 5) programme.Education(client, "2026-08-10");
            if (i is >= 10 and < 14) programme.OwnView(client, "2026-08-10", "inclusion", 2);
        }

        await programme.StoreIn(ips);
        var response = await Get(ips, From, To);
        var report = (await RunningIps.Read<Bundle>(response, HttpStatusCode.OK)).Only<MeasureReport>();
        Assert.Equal(
            [
                "worked masked clients=20 at-work=masked not-at-work=masked",
                "retention - clients=0 at-work=0 not-at-work=0",
                "jobs - jobs-of-quarter=masked job-starts=masked jobs-from-before=masked",
            ],
            report.Group.Take(3).Select(Line));
        Assert.Equal(
            "job-ends - all-ends=masked resigned=masked dismissed=masked laid-off=masked fixed-term-ended=masked "
            + "other=masked",
            Line(report.Group[7]));
        Assert.Equal("education - clients=5", Line(report.Group[11]));
        Assert.Equal("view-inclusion masked answers=masked", Line(report.Group[14]));
        var csv = await (await Get(ips, From, To, "text/csv")).Content.ReadAsStringAsync();
        Assert.DoesNotContain(csv.Split("\r\n"), line => line.Split(',') is [_, _, _, _, _, "4" or "16", ..]);
        Assert.DoesNotContain(
            ">20 %<", await (await Get(ips, From, To, "image/svg%2Bxml")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-07-02", "2026-09-30")]
    [InlineData("2026-07-01", "2026-09-29")]
    [InlineData("2027-01-01", "2027-03-31")]
    [InlineData("2021-07-01", "2026-09-30")]
    public async Task Other_periods_than_whole_quarters_are_refused_since_they_would_tell_small_groups(
        string from, string to)
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(["http.period"], await RunningIps.Faults(await Get(ips, from, to), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("fi", "Avoimessa työssä vuosineljänneksittäin, % asiakkaista", "pieni ryhmä, ei näytetä")]
    [InlineData("sv", "I arbete på öppna marknaden per kvartal, % av klienterna", "liten grupp, visas inte")]
    [InlineData("en", "In competitive work by quarter, % of clients", "small group, not shown")]
    public async Task The_chart_says_in_words_what_it_draws(string language, string title, string hidden)
    {
        await using var ips = await RunningIps.Start();
        var programme = new Programme();
        for (var i = 0; i < 20; i++)
        {
            var client = programme.Client("2026-01-05");
            if (i < 8) programme.Job(client, "2026-05-04");
            if (i is 8 or 9) programme.Job(client, "2026-03-02", "2026-03-31");
        }

        await programme.StoreIn(ips);
        using var client_ = ips.Connect();
        client_.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language + "-FI, de;q=0.5");
        client_.DefaultRequestHeaders.Accept.ParseAdd("image/svg+xml");
        var response = await client_.GetAsync(Address("2026-01-01", "2026-06-30"));
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        var svg = System.Xml.Linq.XDocument.Parse(await response.Content.ReadAsStringAsync());
        string Words(string id) => svg.Root!.Elements().Single(one => one.Attribute("id")?.Value == id).Value;
        Assert.Equal(title, Words("title"));
        Assert.Contains($"2026-Q1: {hidden}; 2026-Q2: 40 %", Words("desc"), StringComparison.Ordinal);
        Assert.Contains("46 %", Words("desc"), StringComparison.Ordinal);
        Assert.Equal(language, svg.Root!.Attribute("lang")!.Value);
    }

    internal static async Task<MeasureReport> Report(RunningIps ips, string from, string to) =>
        (await RunningIps.Read<Bundle>(await Get(ips, from, to), HttpStatusCode.OK)).Only<MeasureReport>();

    /// <summary>An outcome as name, score, unit and counts; <c>masked</c> where it is hidden.</summary>
    internal static string Line(MeasureReport.GroupComponent group) => string.Join(' ',
        [
            group.Code!.Coding[0].Code!,
            group.MeasureScore is not { } score ? "-"
                : score.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} {score.Code}")
                : ((Code)score.Extension.Single().Value!).Value!,
            .. group.Population.Select(one => $"{one.Code!.Coding[0].Code}="
                + (one.Count?.ToString(CultureInfo.InvariantCulture)
                    ?? ((Code)one.CountElement!.Extension.Single().Value!).Value)),
        ]);

    private static async Task<HttpResponseMessage> Get(
        RunningIps ips, string from, string to, string? format = null, string? lang = null)
    {
        using var client = ips.Connect();
        return await client.GetAsync(Address(from, to)
            + (format is null ? "" : $"&_format={format}") + (lang is null ? "" : $"&lang={lang}"));
    }

    private static string Address(string from, string to) =>
        $"MeasureReport?measure={Uri.EscapeDataString(ReportOutcomes.Url)}&reporter=Organization/{Programme.Unit}"
        + $"&period=ge{from}&period=le{to}";
}
