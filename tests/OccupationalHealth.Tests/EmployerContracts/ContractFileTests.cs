using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.EmployerContracts;

/// <summary>Files of contracts as spreadsheets write them.</summary>
public sealed class ContractFileTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private const string Head = "number;employer;employer-name;provider;scope;from;until;methods\n";

    [Fact]
    public async Task A_file_is_read_as_a_Finnish_spreadsheet_saves_it()
    {
        var number = New();
        var answer = await app.Post("Contract/$import",
            "\uFEFFnumber;employer;employer-name;provider;scope;from;until;methods;survey-from\r\n"
            + $"{number};new-{number};Uusi;oh-provider-a;preventive;1.3.2026;31.12.2027;\"klt:8\nguided-self-care\";01.02.2026\r\n");

        Assert.Equal(["informational line[2]"], answer.Faults);
        var contract = await Contract(number);
        Assert.Equal(("2026-03-01", "2027-12-31"), (contract.Applies!.Start, contract.Applies.End));
        Assert.Equal("2026-02-01", contract.Term.Single(term => term.Type is not null).Applies!.Start);
        Assert.Equal(["klt", "guided-self-care"], contract.Term.SelectMany(term => term.Asset)
            .SelectMany(asset => asset.ValuedItem).Select(item => ((CodeableConcept)item.Entity!).Coding[0].Code));
    }

    [Fact]
    public async Task The_example_is_taken_as_its_README_says()
    {
        foreach (var outcome in (string[])["was created.", "is as it was."])
        {
            var answer = await app.Post("Contract/$import", Example.Text("24-*.csv"));
            Assert.Equal(["informational line[2]", "informational line[3]"], answer.Faults);
            Assert.All(((OperationOutcome)answer.Body).Issue, issue =>
                Assert.EndsWith(outcome, issue.Diagnostics, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("31.2.2026")]
    [InlineData("1.3.26")]
    [InlineData("2026-3-1")]
    [InlineData("3/1/2026")]
    public async Task What_is_no_day_or_none_for_certain_is_a_fault(string day) =>
        Assert.Equal(["value line[2].from"], (await app.Post("Contract/$import",
            Head + $"{New()};new;Uusi;oh-provider-a;preventive;{day};;\n")).Faults);

    [Fact]
    public async Task A_control_character_is_a_fault_of_its_line_and_column()
    {
        var answer = await app.Post("Contract/$import", Head
            + $"{New()}\0;new-employer;Uusi;oh-provider-a;preventive;2026-01-01;;\n"
            + $"{New()};new-employer;Uu\u0001si;oh-provider-a;preventive;2026-01-01;;klt\u001b\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["value line[2].number", "value line[3].employer-name", "value line[3].methods"], answer.Faults);
    }

    [Fact]
    public async Task A_line_with_more_fields_than_columns_is_a_fault_that_says_what_may_be_the_cause()
    {
        var answer = await app.Post("Contract/$import", Head
            + $"{New()};new-employer;Uusi; Oy Ab;oh-provider-a;preventive;2026-01-01;;\n"
            + $"{New()};new-employer\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["structure line[2]", "structure line[3]"], answer.Faults);
        Assert.Equal(
            [
                "The line has 9 fields, and 8 columns are named. A field in which a ; stands is put between quotation marks.",
                "The line has 2 fields, and 8 columns are named.",
            ],
            ((OperationOutcome)answer.Body).Issue.Select(issue => issue.Diagnostics));
    }

    private async Task<Contract> Contract(string number) => Assert.Single(await app.Search<Contract>(
        $"Contract?identifier={Canonicals.Sid("contract-number")}|{number}"));

    private static string New() => Guid.CreateVersion7().ToString();
}
