using Messages.Regions;

namespace Messages.Tests.Regions;

public class RegionDirectoryTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("109", "07")] // Hämeenlinna
    [InlineData("837", "08")] // Tampere
    [InlineData("398", "09")] // Lahti
    [InlineData("743", "16")] // Seinäjoki
    [InlineData("091", "90")] // Helsinki, which is a county of its own
    public void A_municipality_belongs_to_its_county(string municipality, string region) =>
        Assert.Equal(region, RegionDirectory.RegionOf(municipality, Today));

    [Theory]
    [InlineData("504", "2022-12-31", "09")] // Myrskylä: the Päijät-Häme plan of 05/2021 lists it
    [InlineData("504", "2023-01-01", "01")]
    [InlineData("616", "2021-05-15", "09")] // Pukkila likewise
    [InlineData("616", "2026-11-23", "01")]
    public void A_municipality_that_moved_is_found_by_date(string municipality, string on, string region) =>
        Assert.Equal(region, RegionDirectory.RegionOf(municipality, DateOnly.Parse(on, null)));

    [Fact]
    public void Nothing_is_known_of_a_county_before_it_began() =>
        Assert.Null(RegionDirectory.RegionOf("109", new DateOnly(2022, 12, 31)));

    [Theory]
    [InlineData("999")]
    [InlineData("")]
    [InlineData("Lahti")]
    public void An_unknown_municipality_has_no_region(string municipality) =>
        Assert.Null(RegionDirectory.RegionOf(municipality, Today));

    [Fact]
    public void Every_region_is_named_in_three_languages()
    {
        Assert.Equal(23, RegionDirectory.Codes.Count);
        foreach (var code in RegionDirectory.Codes)
        {
            var names = RegionDirectory.Names(code);
            Assert.NotNull(names);
            Assert.All([names.Fi, names.Sv, names.En], name => Assert.False(string.IsNullOrWhiteSpace(name)));
        }
    }

    [Fact]
    public void An_unknown_region_has_no_names() => Assert.Null(RegionDirectory.Names("96"));

    [Fact]
    public void Every_row_points_to_a_region_that_is_named_and_tells_its_source() =>
        Assert.All(RegionDirectory.Municipalities, row =>
        {
            Assert.Matches("^[0-9]{3}$", row.Code);
            Assert.NotNull(RegionDirectory.Names(row.Region));
            Assert.Contains("[", row.Source, StringComparison.Ordinal);
        });

    [Fact]
    public void No_two_periods_of_a_municipality_overlap()
    {
        var rows = RegionDirectory.Municipalities;
        Assert.NotEmpty(rows);
        foreach (var periods in rows.GroupBy(r => r.Code, StringComparer.Ordinal))
        {
            var inOrder = periods.OrderBy(p => p.From ?? DateOnly.MinValue).ToList();
            for (var i = 1; i < inOrder.Count; i++)
                Assert.True(inOrder[i - 1].To < inOrder[i].From, $"Municipality {periods.Key} is served by two.");
        }
    }
}
