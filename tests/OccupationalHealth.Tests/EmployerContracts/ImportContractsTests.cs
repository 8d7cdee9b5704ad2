using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.EmployerContracts;

public sealed class ImportContractsTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    private static readonly string ContractNumber = Canonicals.Sid("contract-number");

    private const string Head = "number;employer;employer-name;provider;scope;from;until;methods\n";

    [Fact]
    public async Task Contracts_of_known_and_new_employers_are_stored_and_each_line_is_told_of()
    {
        var (one, two) = (New(), New());
        var answer = await app.Post("Contract/$import", Head
            + $"{one};new-{one};\"Uusi; Oy\";oh-provider-a;preventive-and-medical-care;2026-01-01;2026-12-31;klt:8 guided-self-care\r\n"
            + $"{two};new-{two};Toinen;oh-provider-b;preventive;2026-01-01;;\n");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["informational line[2]", "informational line[3]"], answer.Faults);
        var contract = await Contract(one);
        Assert.Equal(("2026-01-01", "2026-12-31"), (contract.Applies!.Start, contract.Applies.End));
        Assert.Equal([("klt", 8m), ("guided-self-care", null)], contract.Term.Single().Asset.Single().ValuedItem
            .Select(item => (((CodeableConcept)item.Entity!).Coding[0].Code, item.Quantity?.Value)));
        Assert.Equal("Uusi; Oy", (await app.Get<Organization>(contract.Subject.Single().Reference!.Split('/')[1])).Name);
    }

    [Fact]
    public async Task With_a_fault_in_one_line_nothing_is_stored_and_every_fault_has_its_line_and_column()
    {
        var (before, organizations) = (await app.Count("Contract"), await app.Count("Organization"));
        var number = New();
        var answer = await app.Post("Contract/$import", Head
            + $"{number};new-{number};Uusi;oh-provider-a;preventive;2026-01-01;;\n"
            + $"{New()};employer-a;;oh-provider-a;preventive;2026-06-01;;\n"
            + $"{New()};;;oh-provider-a;all;1.13.2026;;klt:many\n"
            + $"{New()};new-employer;;nobody;preventive;2026-01-01;;\n"
            + $"{New()};new-employer;;oh-provider-a;preventive;2026-01-01;;\n"
            + "too;few\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["conflict line[3].Contract.applies", "required line[4].employer", "value line[4].from",
                "code-invalid line[4].scope", "value line[4].methods", "not-found line[5].provider",
                "required line[5].employer-name", "required line[6].employer-name", "structure line[7]"],
            answer.Faults);
        Assert.Equal((before, organizations), (await app.Count("Contract"), await app.Count("Organization")));
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_become_of_each_line_and_stores_nothing()
    {
        var (before, organizations) = (await app.Count("Contract"), await app.Count("Organization"));
        var number = New();
        var line = $"{number};new-{number};Uusi;oh-provider-a;preventive;2026-01-01;;\n";
        var answer = await app.Post("Contract/$import?dry-run=true",
            Head + line + $"{New()};new-employer;;oh-provider-a;preventive;2026-01-01;;ktl\n");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["informational line[2]", "required line[3].employer-name"], answer.Faults);
        Assert.Equal("A contract would be created.", Told(answer));
        Assert.Equal((before, organizations), (await app.Count("Contract"), await app.Count("Organization")));

        await app.Post("Contract/$import?dry-run=false", Head + line);
        var changed = line.Replace(";preventive;", ";preventive-and-medical-care;", StringComparison.Ordinal);
        var stored = await Contract(number);
        Assert.Equal($"Contract/{stored.Id} would be changed.",
            Told(await app.Post("Contract/$import?dry-run=true", Head + changed)));
        Assert.Equal($"Contract/{stored.Id} is as it was.",
            Told(await app.Post("Contract/$import?dry-run=true", Head + line)));
        Assert.Equal("1", (await Contract(number)).Meta!.VersionId);
        Assert.Equal(["value http.dry-run"], (await app.Post("Contract/$import?dry-run=maybe", Head + changed)).Faults);
        Assert.Equal("1", (await Contract(number)).Meta!.VersionId);

        static string? Told(Answer answer) => ((OperationOutcome)answer.Body).Issue[0].Diagnostics;
    }

    [Fact]
    public async Task A_quotation_mark_that_is_missing_is_told_with_its_line()
    {
        var answer = await app.Post("Contract/$import", Head + $"{New()};\"new;Uusi;oh-provider-a;preventive;2026-01-01;;\n");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["structure line[2]"], answer.Faults);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_known_number_changes_its_contract()
    {
        var number = New();
        var line = $"{number};new-{number};Uusi;oh-provider-a;preventive;2026-01-01;;\n";
        await app.Post("Contract/$import", Head + line);
        await app.Post("Contract/$import", Head + line);
        Assert.Equal("1", (await Contract(number)).Meta!.VersionId);

        await app.Post("Contract/$import", Head + line.Replace(";preventive;", ";preventive-and-medical-care;",
            StringComparison.Ordinal));
        var changed = await Contract(number);
        Assert.Equal(("2", "preventive-and-medical-care"), (changed.Meta!.VersionId, changed.SubType.Single().Coding[0].Code));
    }

    [Fact]
    public async Task A_number_is_its_providers_own_and_changes_no_contract_of_another_provider()
    {
        var number = New();
        string Line(string provider, string scope) => $"{number};new-{number};Uusi;{provider};{scope};2026-01-01;;\n";
        var answer = await app.Post("Contract/$import", Head
            + Line("oh-provider-a", "preventive") + Line("oh-provider-b", "preventive"));
        Assert.Equal(["informational line[2]", "informational line[3]"], answer.Faults);
        await app.Post("Contract/$import", Head + Line("oh-provider-b", "preventive-and-medical-care"));

        var contracts = await app.Search<Contract>($"Contract?identifier={ContractNumber}|{number}");
        Assert.Equal(
            ["oh-provider-a 1 preventive", "oh-provider-b 2 preventive-and-medical-care"],
            contracts.Select(one => $"{one.Authority.Single().Reference!.Split('/')[1]} {one.Meta!.VersionId} "
                + one.SubType.Single().Coding[0].Code).Order());
    }

    // Only what was stored before numbers were looked at can be so.
    [Fact]
    public async Task A_number_that_two_contracts_of_a_provider_have_changes_neither()
    {
        var number = New();
        await app.Post("Contract/$import", Head + $"{number};new-{number};Uusi;oh-provider-a;preventive;2026-01-01;;\n");
        var twin = await Contract(number);
        (twin.Id, twin.Meta) = (null, null);
        await app.Store(twin);

        Assert.Equal(["multiple-matches line[2].number"], (await app.Post("Contract/$import", Head
            + $"{number};new-{number};Uusi;oh-provider-a;preventive-and-medical-care;2026-01-01;;\n")).Faults);
    }

    [Fact]
    public async Task Columns_tell_when_survey_and_plan_are_in_force_and_what_no_column_tells_stays()
    {
        const string Columns = "number;employer;employer-name;provider;scope;from;survey-from;survey-until;plan-from;plan-until\n";
        var number = New();
        string Line(string days) => $"{number};new-{number};Uusi;oh-provider-a;preventive-and-medical-care;2026-01-01;{days}\n";
        Assert.Equal(["value line[2].survey-from", "required line[2].plan-from"],
            (await app.Post("Contract/$import", Columns + Line("soon;2027-12-31;;2027-12-31"))).Faults);
        Assert.Equal(["invariant line[2].Contract.term[0].applies"],
            (await app.Post("Contract/$import", Columns + Line("2026-02-01;2026-01-31;;"))).Faults);
        await app.Post("Contract/$import", Columns + Line("2025-01-01;2027-12-31;2026-01-01;"));
        Assert.Equal(["workplace-survey 2025-01-01 2027-12-31", "action-plan 2026-01-01 "], await Preconditions());

        await app.Post("Contract/$import", Head
            + $"{number};new-{number};;oh-provider-a;preventive-and-medical-care;2026-01-01;;klt:8\n");
        Assert.Equal(["workplace-survey 2025-01-01 2027-12-31", "action-plan 2026-01-01 "], await Preconditions());
        await app.Post("Contract/$import", Columns + Line(";;2026-06-01;"));
        Assert.Equal(["action-plan 2026-06-01 "], await Preconditions());

        async Task<IEnumerable<string>> Preconditions() => (await Contract(number)).Term.Where(term => term.Type is not null)
            .Select(term => $"{term.Type!.Coding[0].Code} {term.Applies!.Start} {term.Applies.End}");
    }

    [Fact]
    public async Task Methods_who_may_refer_to_them_and_the_end_stay_where_no_column_tells_them()
    {
        var number = New();
        string Line(string rest) => $"{number};new-{number};Uusi;oh-provider-a;preventive-and-medical-care;2026-01-01{rest}\n";
        const string Start = "number;employer;employer-name;provider;scope;from";
        await app.Post("Contract/$import", $"{Start};until;methods;referrers\n"
            + Line(";2027-12-31;klt:8 guided-self-care;klt:oh-provider-b"));
        await app.Post("Contract/$import", $"{Start};survey-from\n" + Line(";2026-02-01"));
        Assert.Equal(["2027-12-31", "klt 8 oh-provider-b", "guided-self-care  "], await Told());

        await app.Post("Contract/$import", $"{Start};methods\n" + Line(";klt:10"));
        Assert.Equal(["2027-12-31", "klt 10 oh-provider-b"], await Told());

        await app.Post("Contract/$import", $"{Start};until;methods;referrers\n" + Line(";;klt:10;"));
        Assert.Equal(["", "klt 10 "], await Told());
        await app.Post("Contract/$import", $"{Start};methods\n" + Line(";"));
        Assert.Equal([""], await Told());

        async Task<IEnumerable<string>> Told()
        {
            var contract = await Contract(number);
            return contract.Term.SelectMany(term => term.Asset).SelectMany(asset => asset.ValuedItem)
                .Select(item => $"{((CodeableConcept)item.Entity!).Coding[0].Code} {item.Quantity?.Value} "
                    + string.Join(' ', item.Extension.Select(one => ((ResourceReference)one.Value!).Identifier!.Value)))
                .Prepend(contract.Applies!.End ?? "");
        }
    }

    [Fact]
    public async Task A_number_stands_on_one_line_and_a_method_that_the_rules_do_not_know_is_told()
    {
        var number = New();
        string Line(string employer, string methods) =>
            $"{number};{employer};Uusi;oh-provider-a;preventive;2026-01-01;;{methods}\n";
        Assert.Equal(["duplicate line[3].number"],
            (await app.Post("Contract/$import", Head + Line($"a-{number}", "") + Line($"b-{number}", ""))).Faults);
        Assert.Equal(["informational line[2]", "informational line[2].methods"],
            (await app.Post("Contract/$import", Head + Line($"a-{number}", "klt ktl:8"))).Faults);
    }

    [Fact]
    public async Task A_file_without_names_of_columns_is_not_repeated_and_one_that_is_too_long_is_refused()
    {
        var answer = await app.Post("Contract/$import", "2026-1;secret-id;Salainen Oy;x;y;2026-01-01\n2026-2;a;b;c;d;e\n");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.All(((OperationOutcome)answer.Body).Issue, issue =>
            Assert.DoesNotMatch("secret-id|Salainen", issue.Diagnostics!));

        var line = $"{New()};new;Uusi;oh-provider-a;preventive;2026-01-01;;\n";
        Assert.Equal(["too-costly line[1002]"], (await app.Post(
            "Contract/$import", Head + string.Concat(Enumerable.Repeat(line, 1001)))).Faults);
    }

    [Fact]
    public async Task A_contract_that_has_lapsed_is_refused_with_its_line_and_a_known_one_may_end()
    {
        var (number, lapsed) = (New(), New());
        string Line(string number, string until) => $"{number};new-{number};Uusi;oh-provider-a;preventive;2025-01-01;{until};\n";
        Assert.Equal(["business-rule line[3].Contract.applies.end"], (await app.Post(
            "Contract/$import", Head + Line(number, "2026-11-20") + Line(lapsed, "2026-11-19"))).Faults);
        await app.Post("Contract/$import", Head + Line(number, "2026-11-20"));
        await app.Post("Contract/$import", Head + Line(number, "2026-11-19"));
        Assert.Equal("2026-11-19", (await Contract(number)).Applies!.End);
    }

    [Fact]
    public async Task A_column_says_who_may_refer_to_a_method_and_a_wrong_one_is_named()
    {
        const string Columns = "number;employer;employer-name;provider;scope;from;methods;referrers\n";
        var number = New();
        string Line(string referrers) => $"{number};new-{number};Uusi;oh-provider-a;preventive;2026-01-01;klt:8;{referrers}\n";

        foreach (var wrong in (string[])["klt", "klt:", "klt:|physician", "klt:urn:a|", "klt:urn:a|b|c", "ipc-n:oh-provider-b"])
            Assert.Equal(["value line[2].referrers"], (await app.Post("Contract/$import", Columns + Line(wrong))).Faults);
        Assert.Equal(["not-found line[2].Contract.term[0].asset[0].valuedItem[0].extension[0].value"],
            (await app.Post("Contract/$import", Columns + Line("klt:nobody"))).Faults);
        await app.Post("Contract/$import", Columns + Line("klt:urn:oid:1.2.246.537.6.140|physician klt:oh-provider-b"));

        var item = (await Contract(number)).Term.Single().Asset.Single().ValuedItem.Single();
        Assert.Equal(["physician", "Organization/oh-provider-b"], item.Extension.Select(one =>
            one.Value is CodeableConcept profession ? profession.Coding[0].Code : ((ResourceReference)one.Value!).Reference));
    }

    [Theory]
    [InlineData("number,employer\n1,2\n", "structure line[1];structure line[1];structure line[1]")]
    [InlineData("number;employer;provider;scope;from;price\n1;2;3;4;5;6\n", "structure line[1]")]
    [InlineData("", "required line[1]")]
    public async Task Columns_that_are_missing_or_unknown_are_named(string text, string faults) =>
        Assert.Equal(faults, string.Join(';', (await app.Post("Contract/$import", text)).Faults));

    private async Task<Contract> Contract(string number) => Assert.Single(await app.Search<Contract>(
        $"Contract?identifier={ContractNumber}|{number}"));

    private static string New() => Guid.CreateVersion7().ToString();
}
