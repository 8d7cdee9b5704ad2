using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Fhir;

namespace OccupationalHealth.Tests.Triage;

public sealed class ShowSeriesTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task Scores_are_shown_session_by_session_whatever_their_order_and_source()
    {
        var (person, _) = await PersonWithScores();

        var bundle = (Bundle)(await app.GetAnswer(Query(person))).Body;

        Assert.Equal(BundleType.Collection, bundle.Type);
        Assert.Equal(
            ["2026-09-01 14", "2026-10-01 12", "2026-11-20 3"],
            bundle.Entry.Select(entry => (Observation)entry.Resource!).Select(one =>
                $"{((FhirDateTime)one.Effective!).Text} {((Quantity)one.Value!).Value}"));
        Assert.Equal(3, (await app.GetAnswer(
            Query(person, Uri.EscapeDataString("http://loinc.org|44261-6")))).All<Observation>().Count);
        Assert.Empty((await app.GetAnswer(Query(person, "gad-7"))).All<Observation>());
    }

    [Theory]
    [InlineData("fi", "päivä;pisteet;luokka;selite", "Keskivaikeat oireet")]
    [InlineData("sv", "dag;poäng;klass;förklaring", "Måttliga symtom")]
    [InlineData("en", "day;score;band;name", "Moderate symptoms")]
    public async Task As_a_table_they_have_their_bands_in_the_language_asked_for(
        string language, string head, string band)
    {
        var (person, _) = await PersonWithScores();

        var (_, type, text) = await app.GetText($"{Query(person)}&lang={language}", "text/csv");

        Assert.Equal("text/csv", type);
        Assert.Equal([head, $"2026-09-01;14;moderate;{band}"], text.Split("\r\n")[..2]);
        Assert.Equal(5, text.Split("\r\n").Length);
    }

    [Theory]
    [InlineData("fi", "1.9.2026: 14, Keskivaikeat oireet; 1.10.2026: 12, Keskivaikeat oireet; "
        + "20.11.2026: 3, Vähäiset oireet")]
    [InlineData("sv", "1.9.2026: 14, Måttliga symtom; 1.10.2026: 12, Måttliga symtom; 20.11.2026: 3, Minimala symtom")]
    [InlineData("en", "1 September 2026: 14, Moderate symptoms; 1 October 2026: 12, Moderate symptoms; "
        + "20 November 2026: 3, Minimal symptoms")]
    public async Task As_a_chart_they_can_be_heard_too(string language, string spoken)
    {
        var (person, _) = await PersonWithScores();

        var svg = XDocument.Parse((await app.GetText($"{Query(person)}&lang={language}", "image/svg+xml")).Text).Root!;

        Assert.Equal(("img", language), (svg.Attribute("role")!.Value, svg.Attribute("lang")!.Value));
        Assert.Equal(spoken, svg.Elements().Single(e => e.Name.LocalName == "desc").Value);
        var dots = svg.Elements().Where(e => e.Name.LocalName == "circle")
            .Select(e => double.Parse(e.Attribute("cy")!.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(3, dots.Count);
        Assert.True(dots[0] < dots[1] && dots[1] < dots[2], "A higher score stands higher.");
    }

    // AUDIT-C: hazardous from 5 for women, from 6 for men; between them the chart of nobody in particular has no band.
    [Theory]
    [InlineData(null, "fi", "20.11.2026: 5, Luokka riippuu sukupuolesta",
        "Vähäinen riski, Luokka riippuu sukupuolesta, Riskikäyttö")]
    [InlineData(null, "sv", "20.11.2026: 5, Klassen beror på könet", "Låg risk, Klassen beror på könet, Riskbruk")]
    [InlineData(null, "en", "20 November 2026: 5, Band depends on gender",
        "Low risk, Band depends on gender, Hazardous use")]
    [InlineData(AdministrativeGender.Other, "en", "20 November 2026: 5, Band depends on gender",
        "Low risk, Band depends on gender, Hazardous use")]
    [InlineData(AdministrativeGender.Female, "en", "20 November 2026: 5, Hazardous use", "Low risk, Hazardous use")]
    [InlineData(AdministrativeGender.Male, "en", "20 November 2026: 5, Low risk", "Low risk, Hazardous use")]
    public async Task The_bands_of_AUDIT_C_stand_in_the_chart_where_the_gender_is_known(
        AdministrativeGender? gender, string language, string spoken, string bands)
    {
        var person = CareEpisodes.Care.Person();
        person.Gender = gender;
        await app.Store(person);
        await app.Post(
            "QuestionnaireResponse", Sheet.Of("audit-c", 2, 2, 1).Of(person.Id!, "Organization/oh-provider-a"));

        var svg = XDocument.Parse((await app.GetText(
            $"{Query(person.Id!, "audit-c")}&lang={language}", "image/svg+xml")).Text).Root!;

        Assert.Equal(spoken, svg.Elements().Single(e => e.Name.LocalName == "desc").Value);
        Assert.Equal(bands, string.Join(", ", svg.Elements().Where(e => e.Name.LocalName == "text"
            && double.Parse(e.Attribute("x")!.Value, CultureInfo.InvariantCulture) > 570).Select(e => e.Value)));
    }

    [Fact]
    public async Task A_withdrawn_score_is_no_longer_shown_and_without_any_the_chart_says_so()
    {
        var (person, response) = await PersonWithScores();
        response.Status = QuestionnaireResponseStatus.EnteredInError;
        await app.Put(response);

        Assert.Equal(2, (await app.GetAnswer(Query(person))).All<Observation>().Count);
        Assert.Contains("Ei pisteitä", (await app.GetText(Query(person, "isi"), "image/svg+xml")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_named()
    {
        Assert.Equal(
            ["value http.patient", "code-invalid http.code"], (await app.GetAnswer("Observation/$series")).Faults);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetAnswer(Query("nobody"))).Status);
    }

    private static string Query(string person, string code = "phq-9") =>
        $"Observation/$series?patient={person}&code={code}";

    // Two totals as Observations, the later one first, and one from answers.
    private async Task<(string Person, QuestionnaireResponse Response)> PersonWithScores()
    {
        var person = CareEpisodes.Care.Person();
        await app.Store(person, CareEpisodes.Care.Total(person, 12, "2026-10-01"),
            CareEpisodes.Care.Total(person, 14, "2026-09-01"));
        var answer = await app.Post("QuestionnaireResponse",
            Sheet.Of("phq-9", 1, 1, 1, 0, 0, 0, 0, 0, 0).Of(person.Id!, "Organization/oh-provider-a"));
        return (person.Id!, (QuestionnaireResponse)answer.Body);
    }
}
