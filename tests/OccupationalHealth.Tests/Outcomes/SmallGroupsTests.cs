using FsCheck;
using FsCheck.Fluent;
using OccupationalHealth.Outcomes;

namespace OccupationalHealth.Tests.Outcomes;

public sealed class SmallGroupsTests
{
    private const int Smallest = 5;

    [Theory]
    [InlineData("100 96 4", "all")] // one small part and one other: both, or it is what is left of the whole
    [InlineData("100 50 46 4", "2 3")]
    [InlineData("100 94 3 3", "2 3")]
    [InlineData("100 50 48 1 1", "2 3 4")] // together the two would be a group of 2
    [InlineData("100 60 40 0", "")] // that there is nobody is no group
    [InlineData("4 4 0", "0 all")]
    [InlineData("100 95 5", "")]
    public void The_parts_of_a_whole_are_hidden_until_no_small_group_can_be_found(string counts, string hidden)
    {
        var numbers = counts.Split(' ').Select(int.Parse).ToList();
        var found = Hidden(numbers);

        var expected = hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => word == "all" ? Enumerable.Range(1, numbers.Count - 1) : [int.Parse(word)]);
        Assert.Equal(expected.Order(), found.Order());
    }

    [Fact]
    public void What_is_told_of_any_whole_never_gives_away_a_small_group()
    {
        var parts = Gen.Choose(0, 12).ListOf(6);
        Prop.ForAll(parts.ToArbitrary(), counts =>
        {
            List<int> numbers = [counts.Sum(), .. counts];
            var hidden = Hidden(numbers);
            var told = Enumerable.Range(0, numbers.Count).Where(i => !hidden.Contains(i));
            var dark = Enumerable.Range(1, counts.Count).Where(i => hidden.Contains(i) && numbers[i] > 0).ToList();
            return told.All(i => numbers[i] is 0 or >= Smallest)
                && (hidden.Contains(0) || dark.Count == 0
                    || (dark.Count > 1 && dark.Sum(i => numbers[i]) >= Smallest));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_group_hidden_in_one_sum_cannot_be_found_by_another()
    {
        // Two counties of 30 and 40; 3 of the first were interrupted, 9 of the second, so 12 of 70.
        Dictionary<string, int> counts = new()
        {
            ["all"] = 70, ["all/stopped"] = 12, ["all/done"] = 58,
            ["a"] = 30, ["a/stopped"] = 3, ["a/done"] = 27,
            ["b"] = 40, ["b/stopped"] = 9, ["b/done"] = 31,
        };
        List<(string, IReadOnlyList<string>)> sums =
        [
            ("all", ["all/stopped", "all/done"]), ("a", ["a/stopped", "a/done"]), ("b", ["b/stopped", "b/done"]),
            ("all", ["a", "b"]), ("all/stopped", ["a/stopped", "b/stopped"]), ("all/done", ["a/done", "b/done"]),
        ];

        Assert.Equal(
            ["a/done", "a/stopped", "b/done", "b/stopped"],
            SmallGroups.Hidden(counts, sums, Smallest).Order(StringComparer.Ordinal));
    }

    // Number 0 is the whole, the others are its parts.
    private static IReadOnlySet<int> Hidden(List<int> numbers) => SmallGroups.Hidden(
        numbers.Select((count, i) => (count, i)).ToDictionary(one => one.i, one => one.count),
        [(0, [.. Enumerable.Range(1, numbers.Count - 1)])], Smallest);
}
