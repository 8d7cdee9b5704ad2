using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.EmployerContracts;

/// <summary>A file of contracts is judged as a whole.</summary>
public sealed class ImportedTogetherTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    private const string Head = "number;employer;employer-name;provider;scope;from;until\n";

    // Neither line is stored yet.
    [Fact]
    public async Task Two_lines_that_hold_on_one_day_are_a_conflict_of_the_later_one()
    {
        var before = await app.Count("Contract");
        var employer = New();
        var answer = await app.Post("Contract/$import", Head
            + $"{New()};{employer};Uusi;oh-provider-a;preventive;2026-01-01;2026-12-31\n"
            + $"{New()};{employer};;oh-provider-b;preventive;2026-01-01;\n"
            + $"{New()};{employer};;oh-provider-a;preventive;2027-01-01;2027-12-31\n"
            + $"{New()};{employer};;oh-provider-a;preventive;2026-12-31;\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["conflict line[5].Contract.applies", "conflict line[5].Contract.applies"], answer.Faults);
        Assert.Equal(["Line 2 holds from 2026-01-01 to 2026-12-31", "Line 4 holds from 2027-01-01 to 2027-12-31"],
            ((OperationOutcome)answer.Body).Issue.Select(issue => issue.Diagnostics!.Split(':')[0]));
        Assert.Equal(before, await app.Count("Contract"));
    }

    [Fact]
    public async Task A_contract_may_be_shortened_and_followed_in_one_file_whichever_line_is_first()
    {
        var (employer, former, next) = (New(), New(), New());
        string Line(string number, string from, string until) =>
            $"{number};{employer};Uusi;oh-provider-a;preventive;{from};{until}\n";
        await app.Post("Contract/$import", Head + Line(former, "2026-01-01", ""));
        Assert.Equal(["conflict line[2].Contract.applies"],
            (await app.Post("Contract/$import", Head + Line(next, "2027-01-01", ""))).Faults);

        var answer = await app.Post("Contract/$import", Head
            + Line(next, "2027-01-01", "") + Line(former, "2026-01-01", "2026-12-31"));
        Assert.Equal(["informational line[2]", "informational line[3]"], answer.Faults);
        Assert.Equal("2026-12-31", (await Contract(former)).Applies!.End);

        // What is moved makes room in the same file too.
        answer = await app.Post("Contract/$import", Head
            + Line(former, "2027-01-01", "") + Line(next, "2026-01-01", "2026-12-31"));
        Assert.Equal(["informational line[2]", "informational line[3]"], answer.Faults);
        Assert.Equal(("2027-01-01", "2026-01-01"),
            ((await Contract(former)).Applies!.Start, (await Contract(next)).Applies!.Start));
    }

    [Fact]
    public async Task A_new_employer_has_one_name_on_whichever_line_it_stands()
    {
        var employer = New();
        string Line(string number, string name, string provider) =>
            $"{number};{employer};{name};{provider};preventive;2026-01-01;\n";
        Assert.Equal(["conflict line[4].employer-name"], (await app.Post("Contract/$import", Head
            + Line(New(), "", "oh-provider-a") + Line(New(), "Uusi", "oh-provider-b")
            + Line(New(), "Toinen", "oh-provider-b").Replace("2026-01-01;", "2025-01-01;2025-12-31", StringComparison.Ordinal)))
            .Faults);
        Assert.Empty(await app.Search<Organization>($"Organization?identifier={Systems.Organisation}|{employer}"));

        var number = New();
        await app.Post("Contract/$import", Head
            + Line(number, "", "oh-provider-a") + Line(New(), "Uusi", "oh-provider-b"));
        Assert.Equal("Uusi", (await app.Get<Organization>(
            (await Contract(number)).Subject.Single().Reference!.Split('/')[1])).Name);
    }

    [Fact]
    public async Task Who_provides_is_known_before_and_is_no_new_employer_of_the_file()
    {
        var employer = New();
        Assert.Equal(["not-found line[3].provider"], (await app.Post("Contract/$import", Head
            + $"{New()};{employer};Uusi;oh-provider-a;preventive;2026-01-01;\n"
            + $"{New()};employer-d;;{employer};preventive;2026-01-01;\n")).Faults);
    }

    private async Task<Contract> Contract(string number) => Assert.Single(await app.Search<Contract>(
        $"Contract?identifier={Canonicals.Sid("contract-number")}|{number}"));

    private static string New() => Guid.CreateVersion7().ToString();
}
