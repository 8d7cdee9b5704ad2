using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;

namespace IpsCoaching.Tests.Bulk;

/// <summary>
/// A spreadsheet of cases grows and comes again: a person's case is known by the day on which the person entered. Test
/// codes of the 900 series (domain.md §2.1).
/// </summary>
public sealed class ImportCasesTwiceTests
{
    private const string Head = "identity-code;entered;phase;phase-since;ended;ending-reason;coach;entry\n",
        Ended = "010594Y9032;2.3.2026;;;30.6.2026;client-wish;;\n", Open = "010594Y9032;1.9.2026;agreement;;;;;\n";

    [Fact]
    public async Task Cases_imported_twice_are_there_once_whether_ended_or_open()
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(["2 created", "3 created"], await ips.Cases(Head + Ended + Open).Lines());
        var stored = await ips.All<EpisodeOfCare>();
        Assert.Equal(["2 known", "3 known"], await ips.Cases(Head + Ended + Open, isDryRun: true).Lines());
        Assert.Equal(["2 known", "3 known"], await ips.Cases(Head + Ended + Open).Lines());
        Assert.Equal(
            stored.Select(one => (one.Id, one.Meta!.VersionId)),
            (await ips.All<EpisodeOfCare>()).Select(one => (one.Id, one.Meta!.VersionId)));
        Assert.Single(await ips.All<Patient>());
        // One that began on another day is another case.
        const string Others = "020594X903P;1.2.2026;;;1.3.2026;client-wish;;\n020594X903P;2.3.2026;;;30.6.2026;client-wish;;\n";
        Assert.Equal(["2 created", "3 created"], await ips.Cases(Head + Others).Lines());
        Assert.Equal(4, (await ips.All<EpisodeOfCare>()).Count);
    }

    [Fact]
    public async Task A_line_that_says_more_of_its_case_leads_it_on()
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(["2 created"], await ips.Cases(Head + Open).Lines());
        var searches = Head + "010594Y9032;1.9.2026;job-search;12.10.2026;;;;\n";
        Assert.Equal(["2 changed"], await ips.Cases(searches, isDryRun: true).Lines());
        Assert.Equal(["agreement 2026-09-01.."], Assert.Single(await ips.All<EpisodeOfCare>()).Phases());
        Assert.Equal(["2 changed"], await ips.Cases(searches).Lines());
        Assert.Equal(["2 known"], await ips.Cases(searches).Lines());
        var ended = Head + "010594Y9032;1.9.2026;job-search;12.10.2026;20.11.2026;client-wish;99999900011;\n";
        Assert.Equal(["2 changed"], await ips.Cases(ended).Lines());
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        Assert.Equal(
            ["agreement 2026-09-01..2026-10-11", "job-search 2026-10-12..2026-11-20"], episode.Phases());
        Assert.Equal(
            (EpisodeOfCareStatus.Finished, "2026-11-20"), (episode.Status, episode.Period!.End));
        Assert.Equal(["2 known"], await ips.Cases(ended).Lines());
    }

    [Fact]
    public async Task What_has_become_of_a_case_here_since_stays_when_its_file_comes_again()
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(["2 created"], await ips.Cases(Head + Open).Lines());
        await Life.Changed(ips, one => one.Begin("job-search", "2026-10-12"));
        Assert.Equal(["2 known"], await ips.Cases(Head + Open).Lines());
        await Life.Changed(ips, one => one.Finish("client-wish", "2026-11-20"));
        Assert.Equal(["2 known"], await ips.Cases(Head + Open).Lines());
        var ended = Head + "010594Y9032;1.9.2026;;;20.11.2026;client-wish;;\n";
        Assert.Equal(["2 known"], await ips.Cases(ended).Lines());
        var reopened = await Life.Changed(ips, one => one.Reopen());
        Assert.Equal(["2 known"], await ips.Cases(ended).Lines());
        Assert.Equal(reopened.Meta!.VersionId, Assert.Single(await ips.All<EpisodeOfCare>()).Meta!.VersionId);
    }

    [Fact]
    public async Task What_contradicts_a_known_case_or_another_line_is_named_and_nothing_is_changed()
    {
        await using var ips = await RunningIps.Start();
        var file = Head + "010594Y9032;1.9.2026;job-search;12.10.2026;;;;self-referral\n";
        Assert.Equal(["2 created"], await ips.Cases(file).Lines());
        Assert.Equal(["line[2].entry"], await ips.Cases(
            Head + "010594Y9032;1.9.2026;;;;;;care-team\n").Faults());
        Assert.Equal(["line[2].phase"], await ips.Cases(
            Head + "010594Y9032;1.9.2026;job-search;14.10.2026;;;;\n").Faults());
        Assert.Equal(["line[2].phase-since"], await ips.Cases(
            Head + "010594Y9032;1.9.2026;vocational-profile;1.10.2026;;;;\n").Faults());
        Assert.Equal(["line[2].phase"], await ips.Cases(
            Head + "010594Y9032;1.9.2026;sometimes;;;;;\n").Faults());
        const string Other = "020594X903P;1.9.2026;;;";
        Assert.Equal(["line[3].entered"], await ips.Cases(
            $"{Head}{Other};;;\n{Other}20.11.2026;client-wish;;\n").Faults());
        Assert.Equal(["2 created", "3 known!"], await ips.Cases($"{Head}{Other};;;\n{Other};;;\n").Lines());
        Assert.Equal(2, (await ips.All<EpisodeOfCare>()).Count);
        await RunningIps.Read<EpisodeOfCare>(await ips.Put(Refused((await ips.All<EpisodeOfCare>())[0])), HttpStatusCode.OK);
        Assert.Equal(["2 known"], await ips.Cases($"{Head}{Other};;;\n").Lines());
        Assert.Equal(["line[2].ended"], (await ips.Cases($"{Head}{Other}20.11.2026;client-wish;;\n").Faults()).Distinct());
    }

    private static EpisodeOfCare Refused(EpisodeOfCare episode)
    {
        episode.Refuse("no-capacity");
        return episode;
    }
}
