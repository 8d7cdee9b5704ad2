using System.Net;
using System.Text;
using Fhir;
using IpsCoaching.Tests.Cases;
using static IpsCoaching.Tests.Bulk.Importing;

namespace IpsCoaching.Tests.Bulk;

/// <summary>Spreadsheets as programs write them, and which line and column is told to be wrong.</summary>
public sealed class ImportFormTests
{
    [Fact]
    public async Task A_line_with_more_fields_than_columns_is_refused_whole_and_empty_ones_behind_it_are_no_matter()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var line = $"{Given.Client};3.11.2026;client;FLD;45;";
        using var refused = await ips.Records("contacts", $"{Contacts}{line};;\n{line};7\n;x;y;z;0;;7");
        Assert.Equal(["line[3]", "line[4]"], await RunningIps.Faults(refused, HttpStatusCode.BadRequest));
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Contains("Line 3: It has 7 fields, and the first line names 6 columns", text, StringComparison.Ordinal);
        Assert.Contains("quotation marks", text, StringComparison.Ordinal);
        Assert.Equal(["2 valid", "3 refused"],
            await ips.Records("contacts", $"{Contacts}{line};;\n{line};7", isDryRun: true).Lines());
        Assert.Equal(["2 created"], await ips.Records("contacts", $"{Contacts}{line};;").Lines());
        // A comma that is no separator here.
        Assert.Equal(["line[2]"], await ips.Cases(
            "identity-code,entered,family\n010594Y9032,1.10.2026,Testinen, Virtanen").Faults());
        Assert.Single(await ips.All<EpisodeOfCare>());
    }

    [Fact]
    public async Task A_byte_order_mark_in_a_text_and_days_of_either_form_are_read()
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(["2 created", "3 created"], await ips.Cases(
            "\uFEFFidentity-code;entered\n010594Y9032;1.10.2026\n020594X903P;2026-10-01").Lines());
        Assert.Equal(["2 created", "3 created"], await ips.Records("contacts",
            $"\uFEFF{Contacts}010594Y9032;03.11.2026;client;FLD;45;\n020594X903P;2026-11-03;client;FLD;45;").Lines());
        Assert.All(await ips.All<Encounter>(), one => Assert.Equal("2026-11-03", one.Period!.Start));
        Assert.Equal(["line[2].day", "line[3].day"], await ips.Records("contacts",
            $"{Contacts}010594Y9032;11/03/2026;client;FLD;45;\n010594Y9032;31.11.2026;client;FLD;45;").Faults());
    }

    [Fact]
    public async Task A_control_character_is_told_with_its_line_and_column()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        foreach (var sign in new[] { "\0", "\u0001", "\u001B" })
        {
            Assert.Equal(["line[2].identity-code", "line[3].transferred-to"], await Cases(ips,
                $"identity-code;entered;ended;ending-reason;transferred-to\n010594Y{sign}9032;1.10.2026;;;\n"
                + $"020594X903P;1.10.2026;2.11.2026;moved-and-transferred;Oma{sign}sairaala"));
            Assert.Equal(["line[2].identity-code", "line[3].employer", "line[3].own-id"], await Bytes(
                ips, "$import-records", $"{OwnContacts}1;{Given.Client}{sign};3.11.2026;client;FLD;45;\n"
                + $"1{sign};{Given.Client};3.11.2026;client;FLD;45;{sign}"));
        }

        Assert.Single(await ips.All<EpisodeOfCare>());
        Assert.Empty(await ips.All<Encounter>());

        static Task<IReadOnlyList<string>> Cases(RunningIps ips, string file) => Bytes(ips, "$import-cases", file);

        static async Task<IReadOnlyList<string>> Bytes(RunningIps ips, string operation, string file)
        {
            using var response = await ips.Post(operation, Asked(file, new Base64Binary(Encoding.UTF8.GetBytes(file))));
            return await RunningIps.Faults(response, HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task More_lines_than_one_transaction_takes_are_refused()
    {
        await using var ips = await RunningIps.Start();
        foreach (var (many, faults) in ((int, string[])[])[(1000, []), (1001, ["Parameters.parameter('file')"])])
        {
            var lines = string.Concat(Enumerable.Repeat(";2.10.2026;employment-services;VR;60;\n", many));
            using var response = await ips.Records("contacts", Contacts + lines, isDryRun: true);
            if (faults.Length > 0) Assert.Equal(faults, await RunningIps.Faults(response, HttpStatusCode.BadRequest));
            else Assert.Equal(many, (await RunningIps.Read<Parameters>(response, HttpStatusCode.OK)).Lines().Count());
            using var cases = await ips.Cases("identity-code;entered\n" + string.Concat(Enumerable.Repeat("1;2\n", many)));
            Assert.Equal(faults.Length > 0, (await RunningIps.Faults(cases, HttpStatusCode.BadRequest)).SequenceEqual(faults));
        }
    }

    // Where the fault is in FHIR, and in which column whoever has the spreadsheet finds it.
    [Theory]
    [InlineData("contacts", "CLIENT;3.8.2026;client;FLD;45;", "day")]
    [InlineData("contacts", "CLIENT;24.11.2026;client;FLD;45;", "day")]
    [InlineData("contacts", "010594Y9032;3.11.2026;client;FLD;45;", "identity-code")]
    [InlineData("contacts", "CLIENT;3.11.2026;group-supervision;FLD;45;", "identity-code")]
    [InlineData("contacts", ";3.11.2026;team-meeting;FLD;45;", "contact-kind")]
    [InlineData("contacts", "CLIENT;3.11.2026;client;FLD;45;1234567-1", "employer")]
    [InlineData("contacts", "CLIENT;3.11.2026;client;FLD;-1;", "minutes")]
    [InlineData("contacts", "CLIENT;3.11.2026;client;outside;45;", "place")]
    [InlineData("jobs", "CLIENT;5.10.2026;;;9112;1234567-1;0,5;5;PWNSE", "hours-a-day")]
    [InlineData("jobs", "CLIENT;5.10.2026;;;9112;1234567-1;4;8;PWNSE", "days-a-week")]
    [InlineData("jobs", "CLIENT;5.10.2026;;;9112;1234567-1;8;5;VW", "work-class")]
    [InlineData("jobs", "CLIENT;5.10.2026;;laid-off;9112;1234567-1;4;5;PWNSE", "end-reason")]
    [InlineData("jobs", "CLIENT;5.10.2026;1.10.2026;laid-off;9112;1234567-1;4;5;PWNSE", "ended")]
    [InlineData("jobs", "CLIENT;24.12.2026;;;9112;1234567-1;4;5;PWNSE", "started")]
    [InlineData("jobs", "CLIENT;5.10.2026;;;;1234567-1;4;5;PWNSE", "occupation")]
    [InlineData("jobs", "CLIENT;5.10.2026;;;9112;12345671;4;5;PWNSE", "employer")]
    [InlineData("cases", "010594Y9032;24.12.2026;;;;", "entered")]
    [InlineData("cases", "010594Y9032;;;;;", "entered")]
    [InlineData("cases", "010594Y9032;1.10.2026;job-search;1.9.2026;;", "phase-since")]
    [InlineData("cases", "010594Y9032;1.10.2026;;;1.9.2026;client-wish", "ended")]
    public async Task A_fault_names_the_column_in_which_it_is(string kind, string line, string column)
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        line = line.Replace("CLIENT", Given.Client, StringComparison.Ordinal);
        var import = kind switch
        {
            "cases" => ips.Cases($"identity-code;entered;phase;phase-since;ended;ending-reason\n{line}"),
            "jobs" => ips.Records(kind, Jobs + line),
            _ => ips.Records(kind, Contacts + line),
        };
        using var response = await import;
        Assert.Equal([$"line[2].{column}"], await RunningIps.Faults(response, HttpStatusCode.BadRequest));
        Assert.Contains($"Line 2, column {column}: ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coach_whom_we_do_not_know_is_a_fault_of_the_request_and_a_field_without_a_column_says_so()
    {
        await using var ips = await RunningIps.Start();
        const string NoClient = "day;contact-kind;place;minutes\n3.11.2026;client;FLD;45";
        foreach (var coach in new[] { null, "PractitionerRole/nobody" })
            Assert.Equal(["Parameters.parameter('coach')"], await ips.Records("contacts", NoClient, coach: coach).Faults());
        using var refused = await ips.Records("contacts", NoClient);
        Assert.Equal(["line[2].identity-code"], await RunningIps.Faults(refused, HttpStatusCode.BadRequest));
        Assert.Contains("Line 2, no column holds identity-code: ", await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    private static Parameters Asked(string file, DataType content)
    {
        var asked = Importing.Asked(file, false, Coach,
            new Parameters.ParameterComponent { Name = "kind", Value = new Code("contacts") },
            new Parameters.ParameterComponent { Name = "team", Value = new ResourceReference(Unit) });
        asked.Parameter.Single(one => one.Name == "file").Value = content;
        return asked;
    }
}
