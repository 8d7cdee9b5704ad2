using IpsCoaching.Cases;
using IpsCoaching.Fidelity;

namespace IpsCoaching.Tests.Fidelity;

/// <summary>The anchors of IPS-25 as domain.md §4 gives them, each limit from both sides, computed by hand.</summary>
public sealed class FidelityPolicyTests
{
    private static readonly FidelityAnchors Anchors = IpsRules.InForceOn(Given.Day("2026-11-23")).Fidelity;

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
        Assert.Equal(score, Item("1", Nothing with { Caseloads = caseloads }).Score);

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
        Assert.Equal(score, Item("15", Nothing with { DaysToFirstEmployerContact = days }).Score);

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
        Assert.Equal(score, Item("17", Nothing with { Coaches = 2, EmployerMeetings = meetings }).Score);

    [Theory]
    [InlineData(17, 20, 5)]
    [InlineData(16, 20, null)]
    public void Items_19_and_20_have_the_top_anchor_only(int different, int jobs, int? score)
    {
        var names = Enumerable.Range(0, jobs).Select(i => $"n{Math.Min(i, different - 1)}").ToList();
        Assert.Equal(score, Item("19", Nothing with { Occupations = names }).Score);
        Assert.Equal(score, Item("20", Nothing with { Employers = names }).Score);
    }

    [Theory]
    [InlineData(65, 35, 5)]
    [InlineData(649, 351, null)]
    public void Item_24_has_the_top_anchor_only(int community, int office, int? score) => Assert.Equal(
        score, Item("24", Nothing with { CommunityMinutes = community, OfficeMinutes = office }).Score);

    [Fact]
    public void Without_evidence_there_is_no_score() =>
        Assert.All(FidelityPolicy.Score(Nothing, Anchors), item => Assert.Null(item.Score));

    private static FidelityItem Item(string number, FidelityFacts facts) =>
        FidelityPolicy.Score(facts, Anchors).Single(item => item.Number.Code == number);
}
