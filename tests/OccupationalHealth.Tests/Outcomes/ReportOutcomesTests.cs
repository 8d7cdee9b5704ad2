using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Fhir;

namespace OccupationalHealth.Tests.Outcomes;

/// <summary>The IPC-N cohort of the project report, stored once, and what the report tells of it.</summary>
public sealed class ReportOutcomesTests(ReportOutcomesTests.StoredCohort stored)
    : IClassFixture<ReportOutcomesTests.StoredCohort>
{
    private const string Question = "MeasureReport?measure=https%3A%2F%2Ffhir.occupational-mental-health.example%2FMeasure"
        + "%2Fmethod-outcomes&period=ge2023-01-01&period=le2023-12-31&method=ipc-n";

    private readonly OccupationalHealthApplication app = stored.App;

    [Theory]
    [InlineData("interrupted", 11)]
    [InlineData("no-or-few-follow-ups", 68)]
    [InlineData("specialised-care", 8)]
    [InlineData("other-services", 24)]
    [InlineData("remission", 33)]
    [InlineData("improved-without-remission", 20)]
    [InlineData("score-risen", 15)]
    public void The_cohort_of_the_project_report_gives_its_shares(string figure, int percent) =>
        Assert.Equal(percent, decimal.Round(Group(stored.Report, figure).MeasureScore!.Value!.Value));

    [Fact]
    public void The_cohort_of_the_project_report_gives_its_number_and_means()
    {
        var report = stored.Report;

        Assert.Equal(809, Group(report, "episodes").Population.Single().Count);
        Assert.Equal(11.7m, Group(report, "mean-at-start").MeasureScore!.Value);
        Assert.Equal(8m, Group(report, "mean-at-end").MeasureScore!.Value);
        Assert.Equal([480, 720], Group(report, "cases-at-start").Population.Select(one => one.Count));
    }

    [Fact]
    public void It_is_told_by_region_method_and_quarter_and_a_county_of_three_is_masked_with_another()
    {
        var episodes = Group(stored.Report, "episodes");

        Assert.Equal(["region", "method", "period"], episodes.Stratifier.Select(one => one.Code[0].Coding[0].Code));
        Assert.Equal(
            ["07 masked", "08 400", "16 206", "18 masked"], episodes.Stratifier[0].Stratum.Select(Told));
        Assert.Equal("Pirkanmaan hyvinvointialue", episodes.Stratifier[0].Stratum[1].Value!.Coding[0].Display);
        Assert.Equal(["ipc-n 809"], episodes.Stratifier[1].Stratum.Select(Told));
        Assert.Equal(["2023-Q2 405", "2023-Q3 404"], episodes.Stratifier[2].Stratum.Select(Told));
    }

    [Fact]
    public void How_complete_the_procedure_codes_are_is_told()
    {
        var coded = Group(stored.Report, "visits-with-procedure-code");

        Assert.Equal([102, 203], coded.Population.Select(one => one.Count));
        Assert.Equal(50.2m, coded.MeasureScore!.Value);
    }

    [Fact]
    public async Task One_region_and_another_time_are_counted_by_themselves()
    {
        Assert.Equal(400, Group(await Report("&region=08"), "episodes").Population.Single().Count);
        // Who asks for each county could find by subtraction the one of three: what is hidden among all stays hidden.
        Assert.All(Group(await Report("&region=07"), "episodes").Population, one => Assert.Null(one.Count));
        var later = await Report("", Question.Replace("2023", "2024", StringComparison.Ordinal));
        Assert.Equal(0, Group(later, "episodes").Population.Single().Count);
    }

    [Theory]
    [InlineData("fi", "ulottuvuus;arvo;luku;selite", "Keskeytyneet")]
    [InlineData("sv", "dimension;värde;uppgift;förklaring", "Avbrutna")]
    [InlineData("en", "dimension;value;figure;name", "Interrupted")]
    public async Task As_a_table_it_has_the_same_figures_in_the_language_asked_for(
        string language, string head, string name)
    {
        var (status, type, text) = await app.GetText($"{Question}&lang={language}", "text/csv");

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (status, type));
        var rows = text.Split("\r\n");
        Assert.StartsWith(head, rows[0], StringComparison.Ordinal);
        Assert.Contains($";;interrupted;{name};89;809;11.0;;", rows);
        Assert.Contains(rows, row => row.StartsWith("region;", StringComparison.Ordinal)
            && row.Contains(";episodes;", StringComparison.Ordinal) && row.EndsWith(";;;;;x", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fi", "Keskeytyneet 11 %")]
    [InlineData("sv", "Avbrutna 11 %")]
    [InlineData("en", "Interrupted 11 %")]
    public async Task As_a_picture_it_can_be_heard_too(string language, string spoken)
    {
        var (_, type, text) = await app.GetText($"{Question}&lang={language}", "image/svg+xml");

        Assert.Equal("image/svg+xml", type);
        var svg = XDocument.Parse(text).Root!;
        Assert.Equal(("img", language, "title description"), (svg.Attribute("role")!.Value, svg.Attribute("lang")!.Value,
            svg.Attribute("aria-labelledby")!.Value));
        Assert.Contains(spoken, svg.Elements().Single(e => e.Name.LocalName == "desc").Value, StringComparison.Ordinal);
        Assert.Contains("809", svg.Elements().Single(e => e.Name.LocalName == "title").Value, StringComparison.Ordinal);
        Assert.Equal(9, svg.Elements().Count(e => e.Name.LocalName == "rect"));
    }

    [Fact]
    public async Task Every_fault_of_a_question_is_named_and_other_types_are_not_given()
    {
        Assert.Equal(
            ["value http.measure", "value http.period", "value http.method", "value http.region", "value http.instrument"],
            (await app.GetAnswer(
                "MeasureReport?period=le2023-01-01&period=ge2023-02-01&method=knitting&region=99&instrument=isi")).Faults);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await app.GetText(Question, "text/html")).Status);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await app.GetText("EpisodeOfCare", "text/csv")).Status);
    }

    private async Task<MeasureReport> Report(string more, string question = Question) =>
        (await app.GetAnswer(question + more)).One<MeasureReport>();

    private static MeasureReport.GroupComponent Group(MeasureReport report, string figure) =>
        report.Group.Single(group => group.Code!.Coding[0].Code == figure);

    private static string Told(MeasureReport.StratifierGroupComponent stratum)
    {
        var population = stratum.Population.Single();
        return $"{stratum.Value!.Coding[0].Code} " + (population.Count?.ToString(CultureInfo.InvariantCulture)
            ?? ((Code)population.Extension.Single().Value!).Value);
    }

    public sealed class StoredCohort : IAsyncLifetime
    {
        public OccupationalHealthApplication App { get; } = new();

        public MeasureReport Report { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await App.Store(IpcCohort.Resources());
            Report = (await App.GetAnswer(Question)).One<MeasureReport>();
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
