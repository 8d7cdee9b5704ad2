using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Outcomes;

namespace OccupationalHealth.Tests.Outcomes;

public sealed class OutcomePolicyTests
{
    private static readonly OutcomeRules Rules = OutcomeRules.InForceOn(new DateOnly(2026, 11, 20));

    // PHQ-9: remission below 5, response at least half, reliable change 6 of "about 5-6", cases from 10 (domain.md
    // 2.5).
    [Theory]
    [InlineData(10, 4, "remission")]
    [InlineData(10, 5, "improved-without-remission response")]
    [InlineData(20, 14, "improved-without-remission reliable-improvement")]
    [InlineData(20, 15, "not-improved")]
    [InlineData(10, 10, "not-improved")]
    [InlineData(10, 12, "not-improved score-risen slightly-worse")]
    [InlineData(10, 16, "not-improved score-risen reliably-worse")]
    [InlineData(9, 2, "no-cases-at-start")]
    [InlineData(9, 10, "no-cases-at-start score-risen slightly-worse")]
    public void A_change_is_judged_by_the_limits_of_the_instrument(int start, int end, string figures)
    {
        var all = Count(Enumerable.Repeat(Fact(start, end), 10))[0];

        string[] judged =
        [
            "remission", "improved-without-remission", "response", "reliable-improvement", "not-improved",
            "no-cases-at-start", "score-risen", "slightly-worse", "reliably-worse",
        ];
        Assert.Equal(
            figures.Split(' ').Order(StringComparer.Ordinal),
            judged.Where(figure => all.Counts[figure] == 10).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_whole_is_the_sum_of_its_parts()
    {
        var all = Count(Mixed())[0];

        foreach (var (whole, parts) in Figures.Sums)
            Assert.Equal(all.Counts[whole], parts.Sum(part => all.Counts[part]));
    }

    [Fact]
    public void Episodes_are_told_by_region_method_and_quarter()
    {
        var strata = Count(Mixed());

        Assert.Equal(
            [
                " ", "region 06", "region 07", "region unknown", "method ipc-n", "method klt", "period 2026-Q2",
                "period 2026-Q3",
            ],
            strata.Select(stratum => $"{stratum.Dimension} {stratum.Value}"));
        Assert.Equal(60, strata[0].Counts["episodes"]);
        Assert.Equal(20, strata[1].Counts["episodes"]);
        Assert.Equal(30, strata[4].Counts["episodes"]);
        Assert.Equal((14m, 7m), (strata[0].MeanStart, strata[0].MeanEnd));
    }

    [Fact]
    public void A_small_stratum_is_hidden_whole_with_another_and_its_mean_too()
    {
        var strata = Count(
        [
            .. Enumerable.Repeat(Fact(20, 10) with { Region = "06" }, 30),
            .. Enumerable.Repeat(Fact(20, 10) with { Region = "07" }, 12),
            .. Enumerable.Repeat(Fact(8, 1) with { Region = "08" }, 3),
        ]);

        foreach (var stratum in strata.Where(stratum => stratum.Value is "07" or "08"))
        {
            Assert.All(stratum.Counts.Values, count => Assert.Null(count));
            Assert.Equal((null, null), (stratum.MeanStart, stratum.MeanEnd));
        }

        Assert.Equal(30, strata.Single(stratum => stratum.Value == "06").Counts["episodes"]);
        Assert.Equal(45, strata[0].Counts["episodes"]);
    }

    [Fact]
    public void Without_episodes_everything_is_zero_and_nothing_has_a_share()
    {
        var all = Assert.Single(Count([]));

        Assert.All(all.Counts.Values, count => Assert.Equal(0, count));
        Assert.All(Figures.All, figure => Assert.Null(all.ShareOf(figure)));
    }

    [Fact]
    public void Every_figure_has_a_name_in_three_languages() =>
        Assert.All(Figures.All.Concat(Figures.Means), figure => Assert.Equal(
            3, new[] { figure.Name.Fi, figure.Name.Sv, figure.Name.En }.Where(t => t.Length > 0).Distinct().Count()));

    private static IReadOnlyList<Stratum> Count(IEnumerable<EpisodeFact> facts) =>
        OutcomePolicy.Count([.. facts], Rules.Of("phq-9")!, Rules.SmallestGroup);

    private static EpisodeFact Fact(int start, int end) =>
        new("klt", "06", new DateOnly(2026, 6, 30), false, WhatFollowed.NoFurtherCare, start, end, 5, 5);

    private static IEnumerable<EpisodeFact> Mixed()
    {
        foreach (var region in (string?[])["06", "07", null])
        {
            for (var i = 0; i < 20; i++)
            {
                yield return Fact(14, 7) with
                {
                    Region = region,
                    Method = i < 10 ? "klt" : "ipc-n",
                    EndedOn = new DateOnly(2026, i < 10 ? 6 : 7, 1),
                    Followed = i < 10 ? WhatFollowed.OtherServices : null,
                    Interrupted = i < 5,
                    Start = i < 15 ? 14 : null,
                };
            }
        }
    }
}
