using System.Net;
using Fhir;

namespace OccupationalHealth.Tests.Triage;

public sealed class ScoreResponseTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task Answers_give_total_band_and_safety_flag_and_nothing_is_stored()
    {
        var before = await app.Count("Observation");
        var answer = await Score(Sheet.Of("phq-9", 2, 2, 1, 2, 1, 2, 1, 0, 1));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var total = answer.All<Observation>()[0];
        Assert.Equal(("http://loinc.org", "44261-6"), (total.Code!.Coding[0].System, total.Code.Coding[0].Code));
        Assert.Equal(12, ((Quantity)total.Value!).Value);
        var band = total.Interpretation.Single().Coding.Single();
        Assert.Equal(("moderate", "Keskivaikeat oireet"), (band.Code, band.Display));
        Assert.Equal(["sv", "en"], band.DisplayElement!.Extension
            .Select(translation => ((Code)translation.Extension.Single(e => e.Url == "lang").Value!).Value));
        var flag = answer.All<Observation>()[1];
        Assert.Equal("self-harm-answer", flag.Code!.Coding[0].Code);
        Assert.True(((FhirBoolean)flag.Value!).Value);
        Assert.Equal(before, await app.Count("Observation"));
    }

    [Fact]
    public async Task LOINC_answers_and_plain_numbers_are_the_same()
    {
        var response = Sheet.Of("gad-7", null, 1, 1, 1, 1, 1, 1);
        response.Item.Add(Sheet.Answer("69725-0", new Coding("http://loinc.org", "LA6571-9")));

        Assert.Equal(9, ((Quantity)(await Score(response)).One<Observation>().Value!).Value);
    }

    [Fact]
    public async Task Where_no_LOINC_code_is_known_the_total_has_a_local_one()
    {
        var total = (await Score(Sheet.Of("who-5", 3, 3, 2, 2, 2))).One<Observation>();

        Assert.EndsWith("/CodeSystem/instrument-total", total.Code!.Coding[0].System, StringComparison.Ordinal);
        Assert.Equal(48, ((Quantity)total.Value!).Value);
    }

    // 5 is hazardous use for a woman and low risk for a man; of nobody in particular it says nothing.
    [Theory]
    [InlineData(AdministrativeGender.Female, "hazardous")]
    [InlineData(AdministrativeGender.Male, "low-risk")]
    [InlineData(AdministrativeGender.Other, null)]
    public async Task AUDIT_C_has_the_band_of_the_persons_gender(AdministrativeGender gender, string? band)
    {
        var person = CareEpisodes.Care.Person();
        person.Gender = gender;
        await app.Store(person);
        var sheet = Sheet.Of("audit-c", 2, 2, 1);
        Assert.Empty((await Score(sheet)).One<Observation>().Interpretation);

        sheet.Of(person.Id!, "Organization/oh-provider-a");
        Assert.Equal(band, BandOf((await Score(sheet)).One<Observation>()));
        await app.Post("QuestionnaireResponse", sheet);
        Assert.Equal(band, BandOf((await app.GetAnswer(
            $"Observation/$series?patient={person.Id}&code=audit-c")).One<Observation>()));
        Assert.Equal(
            $"2026-11-20;5;{band};{(band is null ? "" : OccupationalHealth.Triage.Instruments.NameOfBand(band)!.En)}",
            (await app.GetText($"Observation/$series?patient={person.Id}&code=audit-c&lang=en", "text/csv"))
                .Text.Split("\r\n")[1]);
    }

    private static string? BandOf(Observation total) => total.Interpretation.FirstOrDefault()?.Coding[0].Code;

    [Fact]
    public async Task Every_missing_answer_is_named_and_the_safety_answer_first()
    {
        var answer = await Score(Sheet.Of("phq-9", null, 1, null, 1, 1, 1, 1, 1, 2));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            [
                "business-rule QuestionnaireResponse.item.where(linkId='44260-8')",
                "required QuestionnaireResponse.item.where(linkId='44250-9')",
                "required QuestionnaireResponse.item.where(linkId='44259-0')",
            ],
            answer.Faults);
        Assert.Equal(IssueSeverity.Warning, ((OperationOutcome)answer.Body).Issue[0].Severity);
    }

    [Fact]
    public async Task Doubles_strangers_and_values_outside_of_the_scale_are_all_named()
    {
        var response = Sheet.Of("audit", 0, 0, 0, 0, 0, 0, 0, 0, 1, 4);
        response.Item[0].Answer[0].Value = new Integer(5);
        response.Item[1].Answer.Add(new QuestionnaireResponse.AnswerComponent { Value = new Integer(0) });
        response.Item.Add(Sheet.Answer("audit-3", new Integer(0)));
        response.Item.Add(Sheet.Answer("audit-11", new Integer(0)));

        // Item 9 is scored 0, 2 or 4 only.
        Assert.Equal(
            [
                "value QuestionnaireResponse.item[0].answer[0].value",
                "duplicate QuestionnaireResponse.item[1]",
                "value QuestionnaireResponse.item[8].answer[0].value",
                "duplicate QuestionnaireResponse.item[10]",
                "code-invalid QuestionnaireResponse.item[11].linkId",
                "required QuestionnaireResponse.item.where(linkId='audit-1')",
                "required QuestionnaireResponse.item.where(linkId='audit-2')",
                "required QuestionnaireResponse.item.where(linkId='audit-3')",
                "required QuestionnaireResponse.item.where(linkId='audit-9')",
            ],
            (await Score(response)).Faults);
    }

    [Fact]
    public async Task An_unknown_questionnaire_and_another_resource_are_refused()
    {
        var response = Sheet.Of("isi", 1, 1, 1, 1, 1, 1, 1);
        response.Questionnaire = "https://elsewhere.example/Questionnaire/isi";

        Assert.Equal(["code-invalid QuestionnaireResponse.questionnaire"], (await Score(response)).Faults);
        Assert.Equal(["invalid Patient"], (await app.Post("QuestionnaireResponse/$score", new Patient())).Faults);
    }

    [Fact]
    public async Task The_navigators_answers_become_facts_of_a_placement()
    {
        var response = Sheet.Of("navigator", 2, 7);
        response.Item.Add(Sheet.Answer("acute-crisis", new FhirBoolean(true)));

        Assert.Equal(
            ["placement-fact acute-crisis", "instrument-item sleep", "placement-fact functioning"],
            (await Score(response)).All<Observation>().Select(o =>
                $"{o.Code!.Coding[0].System!.Split('/')[^1]} {o.Code.Coding[0].Code}"));
    }

    private Task<Answer> Score(QuestionnaireResponse response) => app.Post("QuestionnaireResponse/$score", response);
}
