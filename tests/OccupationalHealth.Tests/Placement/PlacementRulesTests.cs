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

    // AUDIT 8 (US HEDIS), domain.md 2.5; below it is low risk and 20 possible dependence, WHO manual, 2nd edition 2001.
    [Theory]
    [InlineData(0, "low-risk", null)]
    [InlineData(7, "low-risk", null)]
    [InlineData(8, "hazardous", "guided-self-care")]
    [InlineData(19, "hazardous", "guided-self-care")]
    [InlineData(20, "possible-dependence", "addiction-services")]
    public void The_bands_of_AUDIT_bring_help_from_8_on(int total, string code, string? method)
    {
        foreach (var gender in Enum.GetValues<Gender>())
            Assert.Equal((code, method), Band(Given.Rules.BandsOf("audit", gender), total));
        Assert.Equal(method is null ? ((string, string?)?)null : (code, method), Band(Given.Rules.Alcohol, total));
        Assert.Equal(method is null ? [] : [method], (Given.Worker with { Scores = [new("audit", total)] })
            .Decide(Given.Contract()).Beside.Select(beside => beside.Method));
    }

    [Fact]
    public void Of_two_AUDIT_totals_the_worse_one_brings_its_help() =>
        Assert.Equal(["addiction-services"], (Given.Worker with { Scores = [new("audit", 20), new("audit", 8)] })
            .Decide(Given.Contract()).Beside.Select(beside => beside.Method));

    // The words of a later guideline, for the test alone.
    [Theory]
    [InlineData("2026-12-31", "low-risk")]
    [InlineData("2027-01-01", "moderate")]
    public void What_low_risk_of_AUDIT_is_holds_from_a_day(string day, string code)
    {
        using var shipped = typeof(PlacementRules).Assembly.GetManifestResourceStream("placement-rules.json")!;
        var file = new StreamReader(shipped).ReadToEnd().Replace(
            "\"audit\": [",
            """
            "audit": [
              { "from": "2027-01-01", "source": "a later guideline", "value": [ { "atLeast": 0, "code": "moderate" } ] },
            """,
            StringComparison.Ordinal);

        using var changed = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var rules = PlacementRules.InForceOn(
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), changed);
        Assert.Equal(code, Band(rules.BandsOf("audit", Gender.Female), 7)!.Value.Code);
    }

    private static (string Code, string? Method)? Band(IEnumerable<ScoreBand> bands, int total) =>
        bands.LastOrDefault(band => total >= band.AtLeast) is { } reached ? (reached.Code, reached.Method) : null;

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
