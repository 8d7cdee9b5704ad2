using System.Text;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Placement;

public sealed class PlacementRulesTests
{
    [Theory]
    [InlineData("2024-01-01", 6)] // before the first date the first value holds
    [InlineData("2025-12-31", 6)]
    [InlineData("2026-01-01", 9)]
    [InlineData("2030-01-01", 9)]
    public void The_value_in_force_on_the_day_is_taken(string day, int months)
    {
        using var shipped = typeof(PlacementRules).Assembly.GetManifestResourceStream("placement-rules.json")!;
        var file = new StreamReader(shipped).ReadToEnd().Replace(
            "\"prolongedMonths\": [",
            """
            "prolongedMonths": [ { "from": "2026-01-01", "source": "a later guideline", "value": 9 },
            """,
            StringComparison.Ordinal);

        using var changed = new MemoryStream(Encoding.UTF8.GetBytes(file));
        Assert.Equal(
            months,
            PlacementRules.InForceOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), changed)
                .ProlongedMonths);
    }

    [Fact]
    public void Every_method_names_its_source() =>
        Assert.All(Given.Rules.Methods, method => Assert.NotEmpty(method.Source));

    [Fact]
    public void Every_reason_has_a_code_of_its_own_and_all_three_languages()
    {
        Assert.Equal(Reasons.All.Count, Reasons.All.Select(reason => reason.Code).Distinct().Count());
        Assert.True(Reasons.All.Count > 40);
        Assert.All(Reasons.All, reason => Assert.Equal(
            3, new[] { reason.Text.Fi, reason.Text.Sv, reason.Text.En }.Where(t => t.Length > 0).Distinct().Count()));
    }
}
