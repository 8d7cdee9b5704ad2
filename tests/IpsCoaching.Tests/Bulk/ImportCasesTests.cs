using System.Net;
using System.Text;
using Fhir;
using IpsCoaching.Tests.Cases;

namespace IpsCoaching.Tests.Bulk;

/// <summary>Cases out of a spreadsheet through real requests. Test codes of the 900 series (domain.md §2.1).</summary>
public sealed class ImportCasesTests
{
    private const string Good =
        """
        Hetu;Sukunimi;Etunimet;Aloitus;Vaihe;Vaihe alkoi;Loppu;Syy;Valmentaja
        010594Y9032;Testinen;Aino Maria;1.10.2026;Työn etsintä;12.10.2026;;;99999900011
        020594X903P;"Testi; Virtanen";Olli;2026-03-02;;;30.6.2026;Asiakkaan toive;
        020594x903p;Testi-Virtanen;Olli;01.09.2026;agreement;;;;
        """;

    [Fact]
    public async Task A_dry_run_shows_each_line_and_stores_nothing_and_then_all_cases_are_there()
    {
        await using var ips = await RunningIps.Start();
        var file = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Good)).ToArray();
        var dry = await RunningIps.Read<Parameters>(await Import(ips, file, isDryRun: true), HttpStatusCode.OK);
        Assert.Equal(["2 valid", "3 valid", "4 valid"], dry.Lines());
        Assert.Empty(await ips.All<EpisodeOfCare>());
        Assert.Empty(await ips.All<Patient>());

        var report = await RunningIps.Read<Parameters>(await Import(ips, file), HttpStatusCode.OK);
        Assert.Equal(["2 created", "3 created", "4 created"], report.Lines());
        var cases = (await ips.All<EpisodeOfCare>()).OrderBy(one => one.Period!.Start, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [
                "2026-03-02..2026-06-30 Finished agreement 2026-03-02..2026-06-30",
                "2026-09-01.. Active agreement 2026-09-01..",
                "2026-10-01.. Active agreement 2026-10-01..2026-10-11, job-search 2026-10-12..",
            ],
            cases.Select(one =>
                $"{one.Period!.Start}..{one.Period.End} {one.Status} {string.Join(", ", one.Phases())}"));
        // The two cases of one person are one person's.
        Assert.Equal(cases[0].Patient!.Reference, cases[1].Patient!.Reference);
        Assert.Equal(2, (await ips.All<Patient>()).Count);
        Assert.Contains(await ips.All<Patient>(), one => one.Name.Single().Family == "Testi; Virtanen");
        Assert.All(cases, one => Assert.Equal("PractitionerRole/coach-kaisa-role", one.CareManager!.Reference));
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task Every_fault_of_every_line_is_named_and_nothing_is_half_imported()
    {
        await using var ips = await RunningIps.Start();
        var known = await Life.Enter(ips);
        const string Bad =
            """
            Hetu,Aloitus,Vaihe,Vaihe alkoi,Loppu,Syy,Valmentaja
            010594Y9032,1.10.2026,,,,,
            010594Y903,32.10.2026,kuussa,,,,123
            020594X903P,1.10.2026,job-search,,1.11.2026,,
            030594W903B,1.12.2026,job-search,1.9.2026,2.11.2026,work-found,
            010594Y9032,2.10.2026,,,,,
            KNOWN,2.10.2026,,,,,
            040594V9030,2.10.2026,,,12.12.2026,client-wish,
            050594U903M,2.10.2026,,,2.11.2026,unreachable,
            050594U902L,2.10.2026,,,2.11.2026,moved-and-transferred,
            """;
        var file = Encoding.UTF8.GetBytes(Bad.Replace("KNOWN", Given.Client, StringComparison.Ordinal));
        string[] faults =
        [
            "line[10].transferred-to", "line[3].coach", "line[3].entered", "line[3].identity-code", "line[3].phase",
            "line[4].ending-reason", "line[4].phase-since", "line[5].ending-reason", "line[5].entered",
            "line[5].phase-since", "line[6].identity-code", "line[7].identity-code", "line[8].ended",
            "line[9].ending-reason",
        ];
        Assert.Equal(faults, (await RunningIps.Faults(await Import(ips, file), HttpStatusCode.BadRequest)).Distinct());
        Assert.Equal(known.Id, Assert.Single(await ips.All<EpisodeOfCare>()).Id);
        Assert.Single(await ips.All<Patient>());

        var dry = await RunningIps.Read<Parameters>(await Import(ips, file, isDryRun: true), HttpStatusCode.OK);
        Assert.Equal(
            ["2 valid", .. Enumerable.Range(3, 8).Select(line => $"{line} refused")], dry.Lines());
        var named = (OperationOutcome)dry.Parameter.Single(one => one.Name == "faults").Resource!;
        Assert.Equal(
            faults, named.Issue.Select(one => one.Expression.Single()).Distinct().Order(StringComparer.Ordinal));
        // What a line holds of a person stands in no message.
        Assert.DoesNotContain(named.Issue, one => one.Diagnostics!.Contains("0594", StringComparison.Ordinal));
        Assert.Contains(named.Issue, one =>
            one.Diagnostics!.StartsWith("Line 3, column Aloitus: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistyped_identity_code_is_pointed_out_but_taken()
    {
        await using var ips = await RunningIps.Start();
        var file = "Hetu;Aloitus\n010594Y9031;1.10.2026\n010594Y9032;1.10.2026"u8.ToArray();
        var report = await RunningIps.Read<Parameters>(
            await Import(ips, file, columns: "Hetu Aloitus"), HttpStatusCode.OK);
        Assert.Equal(
            [true, false],
            report.Parameter.Where(one => one.Name == "line")
                .Select(line => line.Part.Exists(one => one.Name == "warning")));
    }

    [Fact]
    public async Task The_care_team_of_imported_cases_hears_of_a_status()
    {
        await using var ips = await RunningIps.Start();
        var file = Encoding.UTF8.GetBytes($"Hetu;Aloitus\n{Given.Client};1.10.2026");
        await RunningIps.Read<Parameters>(
            await Import(ips, file, columns: "Hetu Aloitus",
                careUnit: "Organization/psychiatric-unit-pirkanmaa"),
            HttpStatusCode.OK);
        await ips.Send(Given.StatusUpdate("2026-11-20"));
        Assert.Equal("employment-status-for-care-team", Assert.Single(await ips.Outbox()).Kind);
    }

    [Fact]
    public async Task What_is_wrong_with_the_request_itself_is_named()
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(
            [
                "Parameters.parameter('column')", "Parameters.parameter('column')", "Parameters.parameter('file')",
            ],
            await RunningIps.Faults(await ips.Post("$import-cases", new Parameters()), HttpStatusCode.BadRequest));
        Assert.Equal(
            ["Parameters.parameter('file')"],
            await RunningIps.Faults(
                await Import(ips, Encoding.Latin1.GetBytes("Hetu;Aloitus;Työ")), HttpStatusCode.BadRequest));
        Assert.Equal(
            ["Parameters.parameter('column')", "Parameters.parameter('column')"],
            await RunningIps.Faults(
                await Import(ips, "Hetu;Hetu\n1;2"u8.ToArray(), columns: "Hetu Aloitus"), HttpStatusCode.BadRequest));
    }

    private static async Task<HttpResponseMessage> Import(
        RunningIps ips, byte[] file, bool isDryRun = false, string? columns = null, string? careUnit = null)
    {
        var asked = new Parameters();
        Add("team", new ResourceReference("Organization/ips-unit-pirkanmaa"));
        Add("coach", new ResourceReference("PractitionerRole/coach-kaisa-role"));
        Add("file", new Base64Binary(file));
        Add("dry-run", new FhirBoolean(isDryRun));
        if (careUnit is not null) Add("care-unit", new ResourceReference(careUnit));
        foreach (var (field, header) in new[]
        {
            ("identity-code", "Hetu"), ("family", "Sukunimi"), ("given", "Etunimet"), ("entered", "Aloitus"),
            ("phase", "Vaihe"), ("phase-since", "Vaihe alkoi"), ("ended", "Loppu"), ("ending-reason", "Syy"),
            ("coach", "Valmentaja"),
        })
        {
            var head = Encoding.UTF8.GetString(file).Split('\n')[0];
            var isRead = columns?.Split(' ').Contains(header) ?? head.Contains(header, StringComparison.Ordinal);
            if (!isRead) continue;
            var column = new Parameters.ParameterComponent { Name = "column" };
            column.Part.Add(new Parameters.ParameterComponent { Name = "field", Value = new Code(field) });
            column.Part.Add(new Parameters.ParameterComponent { Name = "header", Value = new FhirString(header) });
            asked.Parameter.Add(column);
        }

        return await ips.Post("$import-cases", asked);

        void Add(string name, DataType value) =>
            asked.Parameter.Add(new Parameters.ParameterComponent { Name = name, Value = value });
    }
}
