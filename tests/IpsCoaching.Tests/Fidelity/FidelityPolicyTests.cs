using IpsCoaching.Cases;
using IpsCoaching.Fidelity;

namespace IpsCoaching.Tests.Fidelity;

/// <summary>The anchors of IPS-25 as domain.md §4 gives them, each limit from both sides, computed by hand.</summary>
public sealed class FidelityPolicyTests
{
    private static readonly IpsRules Rules = IpsRules.InForceOn(Given.Day("2026-11-23"));

    // Four weeks.
    private static readonly FidelityFacts Nothing = new(
        Given.Day("2026-11-02"), Given.Day("2026-11-29"), [], [], 0, 0, 0, [], [], 0, 0, 0, 0, []);

    [Theory]
    [InlineData(5, 20)]
    [InlineData(4, 21)]
    [InlineData(4, 25)]
    [InlineData(3, 26)]
    [InlineData(3, 30)]
    [InlineData(2, 31)]
    [InlineData(2, 40)]
    [InlineData(1, 41)]
    [InlineData(5, 25, 15)]
    [InlineData(4, 26, 15)]
    public void Item_1_caseload(int score, params int[] caseloads) =>
        Assert.Equal(score, Item(1, Nothing with { Caseloads = caseloads }).Score);

    [Theory]
    [InlineData(960, 5)]
    [InlineData(959, 4)]
    [InlineData(900, 4)]
    [InlineData(899, 3)]
    [InlineData(750, 3)]
    [InlineData(749, 2)]
    [InlineData(600, 2)]
    [InlineData(599, 1)]
    public void Item_2_share_of_time_for_employment_service_in_a_thousand_minutes(int coaching, int score) =>
        Assert.Equal(score, Item(2, Nothing with { Minutes = (coaching, 1000) }).Score);

    [Theory]
    [InlineData(9, 10, 5)]
    [InlineData(8, 10, null)]
    [InlineData(17, 19, null)]
    [InlineData(18, 20, 5)]
    public void Item_4_nine_in_ten_clients_come_from_two_teams(int from, int clients, int? score) =>
        Assert.Equal(score, Item(4, Nothing with { Caseloads = [clients], FromTwoTeams = from }).Score);

    [Theory]
    [InlineData(7, 5)]
    [InlineData(6, null)]
    public void Items_12_13_and_14_ask_for_all(int done, int? score)
    {
        Assert.Equal(score, Item(12, Nothing with { BeforeJob = (done, 7) }).Score);
        Assert.Equal(score, Item(13, Nothing with { Clients = 7, DisclosureTalks = (7, done) }).Score);
        Assert.Equal(score, Item(14, Nothing with { Profiles = (done, 7) }).Score);
    }

    [Theory]
    [InlineData(5, 30)]
    [InlineData(4, 31)]
    [InlineData(4, 60)]
    [InlineData(3, 61)]
    [InlineData(3, 120)]
    [InlineData(2, 121)]
    [InlineData(2, 270)]
    [InlineData(1, 271)]
    [InlineData(5, 10, 30, 300)]
    [InlineData(4, 30, 31)]
    public void Item_15_days_to_the_first_contact_with_an_employer(int score, params int[] days) =>
        Assert.Equal(score, Item(15, Nothing with { DaysToFirstEmployerContact = days }).Score);

    // Two coaches for four weeks: 8 coach-weeks.
    [Theory]
    [InlineData(48, 5)]
    [InlineData(47, 4)]
    [InlineData(40, 4)]
    [InlineData(39, 3)]
    [InlineData(32, 3)]
    [InlineData(31, 2)]
    [InlineData(16, 2)]
    [InlineData(15, 1)]
    [InlineData(0, 1)]
    public void Item_17_meetings_with_employers_a_week(int meetings, int score) =>
        Assert.Equal(score, Item(17, Nothing with { Coaches = 2, EmployerMeetings = meetings }).Score);

    [Theory]
    [InlineData(17, 20, 5)]
    [InlineData(16, 20, null)]
    public void Items_19_and_20_have_the_top_anchor_only(int different, int jobs, int? score)
    {
        var names = Enumerable.Range(0, jobs).Select(i => $"n{Math.Min(i, different - 1)}").ToList();
        Assert.Equal(score, Item(19, Nothing with { Occupations = names }).Score);
        Assert.Equal(score, Item(20, Nothing with { Employers = names }).Score);
    }

    [Theory]
    [InlineData(19, 5)]
    [InlineData(18, null)]
    public void Item_21_has_the_top_anchor_only(int lasting, int? score)
    {
        IReadOnlyList<string> jobs = [.. Enumerable.Repeat("9112", 20)];
        Assert.Equal(score, Item(21, Nothing with { Occupations = jobs, Jobs = (20, lasting) }).Score);
    }

    [Theory]
    [InlineData(17, 0, 5)]
    [InlineData(16, 1, null)]
    public void Item_23_asks_for_every_due_contact(int made, int missed, int? score) => Assert.Equal(
        score, Item(23, Nothing with { FollowAlongMade = made, FollowAlongMissed = missed }).Score);

    [Theory]
    [InlineData(65, 35, 5)]
    [InlineData(649, 351, null)]
    public void Item_24_has_the_top_anchor_only(int community, int office, int? score) => Assert.Equal(
        score, Item(24, Nothing with { CommunityMinutes = community, OfficeMinutes = office }).Score);

    [Fact]
    public void Where_only_the_top_anchor_is_known_what_misses_it_is_left_to_a_reviewer_and_says_so()
    {
        Assert.Equal("below-top", Item(24, Nothing with { CommunityMinutes = 64, OfficeMinutes = 36 }).Basis.Code);
        Assert.Equal("no-evidence", Item(24, Nothing).Basis.Code);
        Assert.Equal("computed", Item(24, Nothing with { CommunityMinutes = 1 }).Basis.Code);
    }

    [Theory]
    [InlineData(4, "proposed", 5)]
    [InlineData(3, "partly", null)]
    public void What_cases_tell_in_part_is_proposed_at_most(int byOne, string basis, int? score)
    {
        var item = Item(3, Nothing with { Cases = (byOne, 4) });
        Assert.Equal((basis, score), (item.Basis.Code, item.Score));
    }

    [Fact]
    public void There_are_25_items_and_without_evidence_no_score()
    {
        var items = Score(Nothing);
        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"{i}"), items.Select(item => item.Number.Code));
        Assert.All(items, item => Assert.Null(item.Score));
        Assert.Equal([8, 10, 11], items.Where(item => item.Basis.Code == "reviewer").Select(Number));
        Assert.Equal(
            [1, 2, 4, 12, 13, 14, 15, 17, 19, 20, 21, 23, 24],
            items.Where(item => item.Basis.Code == "no-evidence").Select(Number));
    }

    private static int Number(FidelityItem item) => int.Parse(item.Number.Code);

    private static FidelityItem Item(int number, FidelityFacts facts) => Score(facts)[number - 1];

    private static IReadOnlyList<FidelityItem> Score(FidelityFacts facts) =>
        FidelityPolicy.Score(facts, Rules.Fidelity, Rules.RefusalReasons);
}
