using Fhir;
using Messages;

namespace OccupationalHealth.Tests.EmployerContracts;

/// <summary>What an import leaves of a stored contract.</summary>
public sealed class ImportedStatusTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private const string Head = "number;employer;employer-name;provider;scope;from";

    [Fact]
    public async Task An_import_keeps_the_status_of_a_contract_and_a_column_says_another()
    {
        var number = New();
        await Import("", Line(number));
        Assert.Equal("executed 1", await Status(number));
        await Import(";status", Line(number) + ";renewed");
        await Import(";until", Line(number) + ";2027-12-31");
        Assert.Equal("renewed 3", await Status(number));
        await Import(";status", Line(number) + ";");
        Assert.Equal("renewed 3", await Status(number));
    }

    [Fact]
    public async Task A_line_that_touches_a_contract_that_does_not_count_says_what_it_is_from_now_on()
    {
        var number = New();
        Assert.Equal(["code-invalid line[2].status"], (await Import(";status", Line(number) + ";valid")).Faults);
        await Import("", Line(number));
        await Import(";status", Line(number) + ";cancelled");
        Assert.Equal("cancelled 2", await Status(number));

        Assert.Equal(["business-rule line[2].status"], (await Import("", Line(number))).Faults);
        Assert.Equal(["business-rule line[2].status"], (await Import(";status", Line(number) + ";")).Faults);
        await Import(";until;status", Line(number) + ";2027-12-31;cancelled");
        Assert.Equal("cancelled 3", await Status(number));
        await Import(";status", Line(number) + ";executed");
        Assert.Equal("executed 4", await Status(number));
    }

    [Fact]
    public async Task A_cancelled_contract_makes_room_for_another_in_the_same_file()
    {
        var (number, next) = (New(), New());
        await Import("", Line(number));
        var follower = Line(next).Replace($"new-{next}", $"new-{number}", StringComparison.Ordinal);
        Assert.Equal(["conflict line[2].Contract.applies"], (await Import(";status", $"{follower};executed")).Faults);
        await Import(";status", $"{follower};executed\n{Line(number)};cancelled");
        Assert.Equal(("executed 1", "cancelled 2"), (await Status(next), await Status(number)));
    }

    [Fact]
    public async Task What_no_column_is_for_stays()
    {
        var number = New();
        await Import(";methods", Line(number) + ";klt:8");
        var contract = await Contract(number);
        contract.Title = "Sopimus";
        contract.Identifier.Add(new Identifier("urn:other", "17"));
        contract.SubType.Add(new CodeableConcept("urn:other", "large-customer"));
        contract.Subject[0].Display = "Uusi";
        contract.Term[0].Offer!.Text = "Sovitut menetelmät";
        contract.Term[0].Asset[0].ValuedItem[0].Identifier = new Identifier("urn:other", "price-17");
        await app.Put(contract);
        await Import("", Line(number));
        Assert.Equal("executed 2", await Status(number));

        await Import(";methods", Line(number).Replace("preventive", "preventive-and-medical-care", StringComparison.Ordinal)
            + ";klt:10 guided-self-care");
        contract = await Contract(number);
        Assert.Equal(
            ("Sopimus", "17", "large-customer", "Uusi", "Sovitut menetelmät", "price-17"),
            (contract.Title, contract.Identifier[1].Value, contract.SubType[1].Coding[0].Code, contract.Subject[0].Display,
                contract.Term[0].Offer!.Text, contract.Term[0].Asset[0].ValuedItem[0].Identifier!.Value));
        Assert.Equal(("preventive-and-medical-care", 10m),
            (contract.SubType[0].Coding[0].Code, contract.Term[0].Asset[0].ValuedItem[0].Quantity!.Value));
    }

    private Task<Answer> Import(string columns, string lines) => app.Post("Contract/$import", $"{Head}{columns}\n{lines}\n");

    private static string Line(string number) => $"{number};new-{number};Uusi;oh-provider-a;preventive;2026-01-01";

    private async Task<string> Status(string number) =>
        await Contract(number) is var contract ? $"{contract.Status!.Value.GetLiteral()} {contract.Meta!.VersionId}" : "";

    private async Task<Contract> Contract(string number) => Assert.Single(await app.Search<Contract>(
        $"Contract?identifier={Canonicals.Sid("contract-number")}|{number}"));

    private static string New() => Guid.CreateVersion7().ToString();
}
