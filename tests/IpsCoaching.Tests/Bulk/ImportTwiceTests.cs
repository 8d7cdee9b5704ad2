using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using IpsCoaching.Tests.Fidelity;
using static IpsCoaching.Tests.Bulk.Importing;

namespace IpsCoaching.Tests.Bulk;

/// <summary>
/// A spreadsheet grows and comes again: what is recorded already stays as it is. Test codes of the 900 series
/// (domain.md §2.1).
/// </summary>
public sealed class ImportTwiceTests
{
    [Fact]
    public async Task Contacts_imported_twice_are_there_once_and_fidelity_counts_them_once()
    {
        await using var ips = await RunningIps.Start();
        await ips.MayContactAll(await Life.Enter(ips, "2026-09-01"));
        var file = $"{Contacts}{Given.Client};3.11.2026;client;FLD;45;\n{Given.Client};1.10.2026;employer;FLD;30;1234567-1\n"
            + ";1.10.2026;employer;FLD;30;1234567-1\n;2.10.2026;employment-services;VR;60;";
        Assert.Equal(
            ["2 created", "3 created", "4 created", "5 created"], await ips.Records("contacts", file).Lines());
        var (stored, fidelity) = (await ips.All<Encounter>(), await FidelityOf(ips));
        Assert.Contains(fidelity, item => item.EndsWith("coaches=1 meetings=2 days=83", StringComparison.Ordinal));

        Assert.Equal(
            ["2 known", "3 known", "4 known", "5 known"], await ips.Records("contacts", file, isDryRun: true).Lines());
        Assert.Equal(["2 known", "3 known", "4 known", "5 known"], await ips.Records("contacts", file).Lines());
        Assert.Equal(
            stored.Select(one => (one.Id, one.Meta!.VersionId)),
            (await ips.All<Encounter>()).Select(one => (one.Id, one.Meta!.VersionId)));
        Assert.Equal(fidelity, await FidelityOf(ips));

        // What another coach did on that day is another contact.
        await ips.Store(new Practitioner { Id = "another-coach" });
        Assert.Equal(
            ["2 created", "3 created", "4 created", "5 created"],
            await ips.Records("contacts", file, coach: "Practitioner/another-coach").Lines());
    }

    [Fact]
    public async Task A_changed_contact_with_an_id_of_its_own_takes_the_place_of_the_former()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var (first, second) = ($"{OwnContacts}17;{Given.Client};3.11.2026;client;FLD;45;\n",
            $"{OwnContacts}17;{Given.Client};4.11.2026;client;AMB;60;\n");
        Assert.Equal(["2 created"], await ips.Records("contacts", first).Lines());
        Assert.Equal(["2 changed"], await ips.Records("contacts", second, isDryRun: true).Lines());
        Assert.Equal(["2026-11-03 FLD 45"], await Valid(ips));
        Assert.Equal(["2 changed"], await ips.Records("contacts", second).Lines());
        Assert.Equal(["2026-11-04 AMB 60"], await Valid(ips));
        Assert.Single(await ips.All<Encounter>(), one => one.Status is EncounterStatus.EnteredInError);
        Assert.Equal(["2 known"], await ips.Records("contacts", second).Lines());
        // An older file does not bring back what was changed since.
        Assert.Equal(["2 known!"], await ips.Records("contacts", first).Lines());
        Assert.Equal(["2026-11-04 AMB 60"], await Valid(ips));

        // Another coach's spreadsheet counts from one too.
        await ips.Store(new Practitioner { Id = "another-coach" });
        Assert.Equal(
            ["2 created"], await ips.Records("contacts", first, coach: "Practitioner/another-coach").Lines());
    }

    [Theory]
    [InlineData("FLD;60", "line[2].minutes")]
    [InlineData("AMB;45", "line[2].place")]
    public async Task Without_an_id_another_length_or_place_is_said_and_not_guessed(string other, string place)
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var line = $"{Given.Client};3.11.2026;client;";
        Assert.Equal(["2 created"], await ips.Records("contacts", $"{Contacts}{line}FLD;45;").Lines());
        Assert.Equal([place], await ips.Records("contacts", $"{Contacts}{line}{other};").Faults());
        Assert.Equal(["2026-11-03 FLD 45"], await Valid(ips));
        // The file itself has both, so that neither is a change of the other.
        Assert.Equal(
            ["2 created", "3 known"], await ips.Records("contacts", $"{Contacts}{line}{other};\n{line}FLD;45;").Lines());
        Assert.Equal(2, (await Valid(ips)).Count);
        // An id says that it is another one.
        Assert.Equal(
            ["2 created!"], await ips.Records("contacts", $"{OwnContacts}9;{line}VR;5;").Lines());
    }

    [Fact]
    public async Task Ids_that_come_later_are_given_to_the_contacts_that_are_there()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        await ips.Records("contacts", $"{Contacts}{Given.Client};3.11.2026;client;FLD;45;").Lines();
        var named = $"{OwnContacts}17;{Given.Client};3.11.2026;client;FLD;45;\n18;{Given.Client};3.11.2026;client;FLD;45;";
        Assert.Equal(["2 known", "3 created"], await ips.Records("contacts", named).Lines());
        Assert.Equal(["2 known", "3 known"], await ips.Records("contacts", named).Lines());
        Assert.Equal(2, (await Valid(ips)).Count);
        Assert.Equal(
            ["2 changed"], await ips.Records("contacts", $"{OwnContacts}17;{Given.Client};3.11.2026;client;FLD;30;").Lines());
        Assert.Equal(["2026-11-03 FLD 30", "2026-11-03 FLD 45"], (await Valid(ips)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_alike_within_a_file_are_taken_once_and_told_and_one_id_is_one_contact()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var line = $"{Given.Client};3.11.2026;outreach;VR;5;\n";
        Assert.Equal(["2 created", "3 known!"], await ips.Records("contacts", $"{Contacts}{line}{line}").Lines());
        Assert.Equal(["2 known", "3 known!"], await ips.Records("contacts", $"{Contacts}{line}{line}").Lines());
        Assert.Single(await ips.All<Encounter>());
        var day = $"{Given.Client};4.11.2026;outreach;VR";
        Assert.Equal(["line[3].own-id", "line[4].own-id"], await ips.Records("contacts",
            $"{OwnContacts}1;{day};5;\n1;{day};10;\n{Given.Client};{day};15;").Faults());
        Assert.Equal(["2 created", "3 created"], await ips.Records("contacts", $"{OwnContacts}1;{day};5;\n2;{day};5;").Lines());
    }

    [Fact]
    public async Task A_contact_that_was_withdrawn_here_does_not_come_back_with_the_file()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        foreach (var file in new[]
        {
            $"{Contacts}{Given.Client};3.11.2026;client;FLD;45;", $"{OwnContacts}17;{Given.Client};4.11.2026;client;FLD;45;",
        })
        {
            Assert.Equal(["2 created"], await ips.Records("contacts", file).Lines());
            var contact = Assert.Single(await ips.All<Encounter>(), one => one.Status is EncounterStatus.Finished);
            contact.Status = EncounterStatus.EnteredInError;
            await RunningIps.Read<Encounter>(await ips.Put(contact), HttpStatusCode.OK);
            Assert.Equal(["2 known!"], await ips.Records("contacts", file).Lines());
            Assert.Empty(await Valid(ips));
        }
    }

    [Fact]
    public async Task One_file_sent_several_times_at_once_is_taken_once()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-09-01");
        var contacts = Contacts + string.Concat(Enumerable.Range(1, 20).Select(day =>
            $"{Given.Client};{day}.10.2026;client;FLD;45;\n;{day}.10.2026;employer;FLD;30;1234567-1\n"));
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ips.Records("contacts", contacts).Lines()));
        Assert.Equal(40, all.Sum(lines => lines.Count(line => line.EndsWith("created", StringComparison.Ordinal))));
        Assert.Equal(40, (await ips.All<Encounter>()).Count);

        const string Cases = "identity-code;entered;ended;ending-reason\n010594Y9032;2.3.2026;30.6.2026;client-wish\n"
            + "020594X903P;1.9.2026;;\n";
        all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ips.Cases(Cases).Lines()));
        Assert.Equal(2, all.Sum(lines => lines.Count(line => line.EndsWith("created", StringComparison.Ordinal))));
        Assert.Equal(3, (await ips.All<EpisodeOfCare>()).Count);
    }

    private static async Task<IReadOnlyList<string>> Valid(RunningIps ips) =>
    [
        .. (await ips.All<Encounter>()).Where(one => one.Status is EncounterStatus.Finished)
            .Select(one => $"{one.Period!.Start} {one.Class!.Code} {one.Length!.Value:0}"),
    ];

    private static async Task<IReadOnlyList<string>> FidelityOf(RunningIps ips)
    {
        using var response = await ReportFidelityTests.Get(ips, Unit, "2026-09-01", "2026-11-22");
        return [.. (await RunningIps.Read<Bundle>(response, HttpStatusCode.OK)).Only<MeasureReport>().Group
            .Select(ReportFidelityTests.Line)];
    }
}
