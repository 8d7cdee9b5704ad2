using IpsCoaching.EmploymentStatus;

namespace IpsCoaching.Tests.EmploymentStatus;

public sealed class EmploymentHistoryTests
{
    private static readonly DateOnly Today = Given.Day("2026-11-23");

    private static readonly EmploymentHistory Two = new(
    [
        Given.Period("b", WorkStatus.Employed, "2026-10-12"),
        Given.Period("a", WorkStatus.Unemployed, "2025-03-01", "2026-10-11"),
    ]);

    [Theory]
    [InlineData("2026-11-16", "2026-11-15")]
    [InlineData("2026-10-13", "2026-10-12")]
    [InlineData("2026-11-23", "2026-11-22")]
    public void A_new_status_closes_the_former_on_the_day_before(string start, string end)
    {
        var begun = Assert.IsType<StatusChange.Begun>(
            Two.Report("c", WorkStatus.NotInLaborForce, Given.Day(start), Today));
        Assert.Equal(Given.Period("c", WorkStatus.NotInLaborForce, start), begun.Opened);
        Assert.Equal(Given.Period("b", WorkStatus.Employed, "2026-10-12", end), begun.Closed);
        Assert.Equal(["a", "b", "c"], Two.After(begun).Periods.Select(period => period.Id));
    }

    [Fact]
    public void The_first_status_closes_nothing()
    {
        var begun = Assert.IsType<StatusChange.Begun>(
            new EmploymentHistory([]).Report("a", WorkStatus.Unemployed, Today, Today));
        Assert.Null(begun.Closed);
    }

    [Fact]
    public void The_same_value_from_a_later_day_is_a_period_of_its_own() =>
        Assert.IsType<StatusChange.Begun>(Two.Report("c", WorkStatus.Employed, Given.Day("2026-11-01"), Today));

    [Theory]
    [InlineData(WorkStatus.Employed, "2026-10-12", "b")]
    [InlineData(WorkStatus.Unemployed, "2025-03-01", "a")]
    public void What_is_known_changes_nothing(WorkStatus status, string start, string known)
    {
        var change = Two.Report("c", status, Given.Day(start), Today);
        Assert.Equal(known, Assert.IsType<StatusChange.Unchanged>(change).Known.Id);
        Assert.Same(Two, Two.After(change));
    }

    [Theory]
    [InlineData("2026-11-24", nameof(StatusObjection.InTheFuture))]
    [InlineData("2026-10-12", nameof(StatusObjection.SameDayOtherStatus))]
    [InlineData("2025-03-01", nameof(StatusObjection.SameDayOtherStatus))]
    public void What_cannot_be_is_refused_with_its_remedy(string start, string objection)
    {
        var change = Two.Report("c", WorkStatus.NotInLaborForce, Given.Day(start), Today);
        var expected = typeof(StatusObjection).GetProperty(objection)!.GetValue(null);
        Assert.Equal([expected], Assert.IsType<StatusChange.Refused>(change).Objections);
        Assert.Same(Two, Two.After(change));
    }

    [Theory]
    [InlineData("2026-10-11", "2026-10-11", "a", "2026-10-10")]
    [InlineData("2025-03-02", "2026-10-11", "a", "2025-03-01")]
    [InlineData("2001-01-01", "2025-02-28", null, null)]
    public void A_status_that_arrives_late_takes_its_days(string start, string end, string? closed, string? closedOn)
    {
        var begun = Assert.IsType<StatusChange.Begun>(
            Two.Report("c", WorkStatus.NotInLaborForce, Given.Day(start), Today));
        Assert.Equal(Given.Period("c", WorkStatus.NotInLaborForce, start, end), begun.Opened);
        Assert.Equal((closed, closedOn), (begun.Closed?.Id, begun.Closed?.End?.ToString("O")));
        Assert.Equal("b", Two.After(begun).Periods[^1].Id);
        Assert.Null(Two.After(begun).Periods[^1].End);
    }

    [Fact]
    public void Withdrawing_the_newest_lets_the_former_go_on()
    {
        var withdrawn = Assert.IsType<StatusChange.Withdrawn>(Two.Withdraw("b"));
        Assert.Equal(Given.Period("a", WorkStatus.Unemployed, "2025-03-01"), withdrawn.Reopened);
        Assert.Equal([withdrawn.Reopened!], Two.After(withdrawn).Periods);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("unknown")]
    public void Only_the_newest_is_withdrawn(string id) => Assert.Equal(
        [StatusObjection.NewerExists], Assert.IsType<StatusChange.Refused>(Two.Withdraw(id)).Objections);
}
