using IpsCoaching.Outcomes;

namespace IpsCoaching.Tests.Outcomes;

/// <summary>What is shown of the parts of a whole; <c>x</c> is hidden.</summary>
public sealed class SmallGroupsTests
{
    [Theory]
    [InlineData("10 5 0 = 15", 10, 5, 0)]
    [InlineData("x x 30 = 42", 4, 8, 30)]
    [InlineData("x x 30 = 42", 8, 4, 30)]
    // Two hidden ones of 2 would be known to be 1 and 1: a third is hidden with them.
    [InlineData("x x x 30 = 39", 1, 1, 7, 30)]
    [InlineData("x x 30 = 35", 1, 4, 30)]
    [InlineData("x x = x", 2, 2)]
    [InlineData("x x x = x", 0, 4, 0)]
    [InlineData("0 0 = 0", 0, 0)]
    public void Nothing_hidden_can_be_reckoned(string expected, params int[] parts)
    {
        var shown = SmallGroups.Show(parts, parts.Sum(), 5);
        Assert.Equal(
            expected,
            string.Join(' ', parts.Select((part, i) => shown.Parts[i] ? $"{part}" : "x"))
            + $" = {(shown.Whole ? $"{parts.Sum()}" : "x")}");
    }

    // Three people have one kind of end and two of them another one too; five have all: nothing is left but the whole.
    [Fact]
    public void Where_no_other_part_is_left_to_hide_the_whole_is_hidden() =>
        Assert.False(SmallGroups.Show([3, 0, 0], 5, 5).Whole);
}
