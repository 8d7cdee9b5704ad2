using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.Fidelity;

/// <summary>What reviewers give, through real requests.</summary>
public sealed class ReviewTests
{
    private const string Unit = "Organization/ips-unit-pirkanmaa", From = "2026-05-01", To = "2026-10-31";

    private static readonly string Entered = Canonicals.StructureDefinition("ips-fidelity-entered"),
        Computed = Canonicals.StructureDefinition("ips-fidelity-computed"),
        Due = Canonicals.StructureDefinition("ips-fidelity-review-due"),
        Band = Canonicals.StructureDefinition("ips-fidelity-band"),
        History = Canonicals.StructureDefinition("ips-fidelity-review");

    [Fact]
    public async Task A_reviewers_score_counts_and_what_was_computed_stays_beside_it()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-06-01");
        await Enter(ips, Review((1, 3), (8, 4)));
        var report = await Report(ips);
        Assert.Equal("1 3 computed coaches=1 clients=1", ReportFidelityTests.Line(report.Group[0]));
        Assert.Equal(5, ((Integer)report.Group[0].GetExtension(Computed)!.Value!).Value);
        var entered = report.Group[0].GetExtension(Entered)!;
        Assert.Equal(3, ((Integer)entered.GetExtension("score")!.Value!).Value);
        Assert.Equal("Seen on the spot.", ((FhirString)entered.GetExtension("rationale")!.Value!).Value);
        Assert.Equal("Riitta Reviewer", ((FhirString)entered.GetExtension("reviewer")!.Value!).Value);
        Assert.Equal("8 4 reviewer", ReportFidelityTests.Line(report.Group[7]));
        Assert.Null(report.Group[^1].MeasureScore);
    }

    // domain.md §4: exemplary from 115, good from 100, fair from 74; half-yearly until 100, then yearly.
    [Theory]
    [InlineData(73, "not-ips", "2027-05-10")]
    [InlineData(74, "fair", "2027-05-10")]
    [InlineData(99, "fair", "2027-05-10")]
    [InlineData(100, "good", "2027-11-10")]
    [InlineData(114, "good", "2027-11-10")]
    [InlineData(115, "exemplary", "2027-11-10")]
    [InlineData(125, "exemplary", "2027-11-10")]
    public async Task All_items_entered_give_total_band_and_the_next_review(int total, string band, string due)
    {
        await using var ips = await RunningIps.Start();
        await Enter(ips, Review(Sum(total)));
        var report = await Report(ips);
        Assert.Equal(total, report.Group[^1].MeasureScore!.Value);
        Assert.Equal(band, ((Coding)report.Group[^1].GetExtension(Band)!.Value!).Code);
        Assert.Equal(due, ((Date)report.GetExtension(Due)!.Value!).Value);
    }

    [Fact]
    public async Task The_history_tells_each_period_that_was_reviewed_and_an_amended_review_counts_as_amended()
    {
        await using var ips = await RunningIps.Start();
        await Enter(ips, Review("2025-11-01", "2026-04-30", "2026-05-05", Sum(90)));
        var newest = await Enter(ips, Review(Sum(101)));
        newest.Status = QuestionnaireResponseStatus.Amended;
        newest.Item[0].Answer[0].Value = new Integer(4);
        await RunningIps.Read<QuestionnaireResponse>(await ips.Put(newest), HttpStatusCode.OK);
        var report = await Report(ips);
        Assert.Equal(
            ["2026-05-01..2026-10-31 on 2026-11-10: 100 good", "2025-11-01..2026-04-30 on 2026-05-05: 90 fair"],
            report.Extension.Where(one => one.Url == History).Select(one =>
            {
                var period = (Period)one.GetExtension("period")!.Value!;
                var band = (Coding)one.GetExtension("band")!.Value!;
                return $"{period.Start}..{period.End} on {((Date)one.GetExtension("date")!.Value!).Value}: "
                    + $"{((Integer)one.GetExtension("points")!.Value!).Value} {band.Code}";
            }));

        newest = (await ips.All<QuestionnaireResponse>()).Single(one => one.Id == newest.Id);
        newest.Status = QuestionnaireResponseStatus.EnteredInError;
        await RunningIps.Read<QuestionnaireResponse>(await ips.Put(newest), HttpStatusCode.OK);
        Assert.Single((await Report(ips)).Extension, one => one.Url == History);
        Assert.Equal(
            ["QuestionnaireResponse.status"],
            await RunningIps.Faults(await ips.Put(newest), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task The_example_review_gives_what_its_description_says()
    {
        await using var ips = await RunningIps.Start();
        await Enter(ips, Given.FidelityReview());
        var page = await (await ReportFidelityTests.Get(ips, Unit, "2026-01-01", "2026-06-30", "text/html", "sv"))
            .Content.ReadAsStringAsync();
        Assert.Contains("104 / 125: God", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_review_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var review = Review("2026-10-31", "2026-11-24", "2026-11-24", (1, 6), (26, 3), (1, 3));
        review.Item[2].Answer[0].Item.Clear();
        review.Status = QuestionnaireResponseStatus.Amended;
        review.Subject = new ResourceReference("Organization/nowhere");
        review.Author!.Display = null;
        Assert.Equal(
            [
                "QuestionnaireResponse.author.display", "QuestionnaireResponse.authored",
                "QuestionnaireResponse.extension('ips-review-period')", "QuestionnaireResponse.item[0].answer",
                "QuestionnaireResponse.item[1].linkId", "QuestionnaireResponse.item[2].answer.item",
                "QuestionnaireResponse.item[2].linkId", "QuestionnaireResponse.status",
                "QuestionnaireResponse.subject",
            ],
            await RunningIps.Faults(await ips.Post("QuestionnaireResponse", review), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<QuestionnaireResponse>());
    }

    [Theory]
    [InlineData("fi", "Asiakkaita valmentajaa kohti", "Seuraava arviointi viimeistään")]
    [InlineData("sv", "Klienter per coach", "Nästa granskning senast")]
    [InlineData("en", "Clients per coach", "Next review due by")]
    public async Task It_is_a_page_to_print_and_a_table_in_three_languages(string language, string label, string due)
    {
        await using var ips = await RunningIps.Start();
        var review = Review((1, 3));
        review.Item[0].Answer[0].Item[0].Answer[0].Value = new FhirString("=1+1, <b>\"seen\"</b>");
        await Enter(ips, review);
        var page = await ReportFidelityTests.Get(ips, Unit, From, To, "text/html", language);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains(label, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains(due, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);

        var csv = await (await ReportFidelityTests.Get(ips, Unit, From, To, "text/csv", language))
            .Content.ReadAsStringAsync();
        Assert.Contains(
            $"1,{label},no-evidence,,3,3,Riitta Reviewer,2026-11-10,\"'=1+1, <b>\"\"seen\"\"</b>\","
            + "coaches=0; clients=0\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(27, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static (int, int)[] Sum(int total) =>
        [.. Enumerable.Range(1, 25).Select(item => (item, total / 25 + (item <= total % 25 ? 1 : 0)))];

    private static QuestionnaireResponse Review(params (int, int)[] scores) => Review(From, To, "2026-11-10", scores);

    private static QuestionnaireResponse Review(string from, string to, string day, params (int Item, int Score)[] scores)
    {
        var review = new QuestionnaireResponse
        {
            Questionnaire = Canonicals.Base + "/Questionnaire/ips-fidelity-review",
            Status = QuestionnaireResponseStatus.Completed, Subject = new ResourceReference(Unit),
            Author = new ResourceReference("PractitionerRole/nurse-noora-role", "Riitta Reviewer"),
            AuthoredElement = new FhirDateTime(day),
        };
        review.SetExtension(Canonicals.StructureDefinition("ips-review-period"),
            new Period(new FhirDateTime(from), new FhirDateTime(to)));
        foreach (var (item, score) in scores)
        {
            var why = new QuestionnaireResponse.ItemComponent { LinkId = "rationale" };
            why.Answer.Add(new QuestionnaireResponse.AnswerComponent { Value = new FhirString("Seen on the spot.") });
            var entry = new QuestionnaireResponse.ItemComponent { LinkId = $"{item}" };
            entry.Answer.Add(new QuestionnaireResponse.AnswerComponent { Value = new Integer(score), Item = [why] });
            review.Item.Add(entry);
        }

        return review;
    }

    private static async Task<QuestionnaireResponse> Enter(RunningIps ips, QuestionnaireResponse review) =>
        await RunningIps.Read<QuestionnaireResponse>(
            await ips.Post("QuestionnaireResponse", review), HttpStatusCode.Created);

    private static async Task<MeasureReport> Report(RunningIps ips) => (await RunningIps.Read<Bundle>(
        await ReportFidelityTests.Get(ips, Unit, From, To), HttpStatusCode.OK)).Only<MeasureReport>();
}
