using System.Text.Json;
using Fhir;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;

namespace OccupationalHealth.Tests.Triage;

public sealed class QuestionnaireTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task Every_instrument_is_read_and_found_by_its_address()
    {
        Assert.Equal(
            ["phq-9", "gad-7", "audit", "audit-c", "who-5", "isi", "navigator"],
            (await app.Search<Questionnaire>("Questionnaire")).Select(questionnaire => questionnaire.Id));
        foreach (var instrument in Instruments.All)
        {
            var found = Assert.Single(
                await app.Search<Questionnaire>($"Questionnaire?url={Uri.EscapeDataString(instrument.Url)}"));
            Assert.True((await app.Get<Questionnaire>(instrument.Code)).DeepEquals(found));
        }
    }

    [Fact]
    public async Task A_questionnaire_has_structure_codes_and_scores_and_only_labels_of_our_own()
    {
        var phq9 = await app.Get<Questionnaire>("phq-9");

        Assert.Equal("44249-1", phq9.Code.Single().Code);
        Assert.Equal(
            [
                "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
                "69722-7",
            ],
            phq9.Item.Select(item => item.LinkId));
        Assert.Equal("PHQ-9, kysymys 9", phq9.Item[8].Text);
        Assert.Equal(
            ["LA6568-5 0", "LA6569-3 1", "LA6570-1 2", "LA6571-9 3"],
            phq9.Item[0].AnswerOption.Select(option => (Coding)option.Value!).Select(coding =>
                $"{coding.Code} {((FhirDecimal)coding.Extension.Single().Value!).Value}"));
        Assert.Equal(3, (await app.Get<Questionnaire>("audit")).Item[9].AnswerOption.Count);
    }

    [Fact]
    public async Task The_metadata_tells_of_questionnaires_and_of_scoring()
    {
        var statement = (CapabilityStatement)(await app.GetAnswer("metadata")).Body;
        var types = statement.Rest.Single().Resource;

        Assert.Equal(
            ["_id", "url"],
            types.Single(type => type.Type is ResourceType.Questionnaire).SearchParam.Select(p => p.Name));
        Assert.Contains("score", types.Single(type => type.Type is ResourceType.QuestionnaireResponse)
            .Operation.Select(operation => operation.Name));
    }

    [Fact]
    public void Licensed_texts_are_taken_from_a_folder_and_what_is_wrong_there_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("texts").FullName;
        var options = new TriageOptions { TextsFolder = folder };
        var isi = Sheet.Instrument("isi");
        Write(folder, "isi", new() { ["isi-1"] = new Wording("teksti", "text", "wording") });

        Assert.Empty(options.Faults());
        Assert.Equal("teksti", DescribeInstrument.Of(isi, options.TextsOf(isi)).Item[0].Text);
        Assert.Equal("ISI, kysymys 2", DescribeInstrument.Of(isi, options.TextsOf(isi)).Item[1].Text);

        Write(folder, "isi", new() { ["isi-8"] = new Wording("teksti", "text", "wording") });
        File.WriteAllText(Path.Combine(folder, "audit.json"), "[]");
        Assert.Equal(
            ["audit.json cannot be read", "isi.json has texts for isi-8"],
            options.Faults().Select(fault => fault[(fault.LastIndexOf('/') + 1)..].Split([':', ','])[0]));
        Assert.Contains("does not exist", new TriageOptions { TextsFolder = "/nowhere" }.Faults().Single(),
            StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static void Write(string folder, string instrument, Dictionary<string, Wording> texts) => File.WriteAllText(
        Path.Combine(folder, $"{instrument}.json"), JsonSerializer.Serialize(texts, JsonSerializerOptions.Web));
}
