using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.EmployerContacts;

/// <summary>IPS-25 item 23: a week before, three days after, weekly for a month, monthly for a year.</summary>
public sealed class FollowAlongPolicyTests
{
    private static readonly FollowAlongRule Rule = IpsRules.InForceOn(Given.Day("2026-11-23")).FollowAlong;

    // Counted by hand on a calendar.
    [Fact]
    public void The_contacts_of_a_job_that_starts_on_the_second_of_March_2026() => Assert.Equal(
        [
            "before-start 2026-02-23..2026-03-01", "after-start 2026-03-02..2026-03-05",
            "weekly 2026-03-02..2026-03-08", "weekly 2026-03-09..2026-03-15", "weekly 2026-03-16..2026-03-22",
            "weekly 2026-03-23..2026-03-29", "monthly 2026-04-02..2026-05-01", "monthly 2026-05-02..2026-06-01",
            "monthly 2026-06-02..2026-07-01", "monthly 2026-07-02..2026-08-01", "monthly 2026-08-02..2026-09-01",
            "monthly 2026-09-02..2026-10-01", "monthly 2026-10-02..2026-11-01", "monthly 2026-11-02..2026-12-01",
            "monthly 2026-12-02..2027-01-01", "monthly 2027-01-02..2027-02-01", "monthly 2027-02-02..2027-03-01",
        ],
        FollowAlongPolicy.Plan(Given.Day("2026-03-02"), Rule).Select(due => $"{due.Kind} {due.From:O}..{due.To:O}"));

    [Theory]
    [InlineData("2026-03-05", null, "2026-03-05", TaskStatus.Completed)]
    [InlineData("2026-03-02", null, "2026-03-09", TaskStatus.Completed)]
    [InlineData("2026-03-06", null, "2026-03-06", TaskStatus.Failed)]
    [InlineData("2026-03-01", null, "2026-03-05", TaskStatus.Requested)]
    [InlineData(null, null, "2026-03-05", TaskStatus.Requested)]
    [InlineData(null, null, "2026-03-06", TaskStatus.Failed)]
    [InlineData(null, "2026-03-01", "2026-03-02", TaskStatus.Cancelled)]
    [InlineData(null, "2026-03-02", "2026-03-05", TaskStatus.Requested)]
    [InlineData("2026-03-05", "2026-03-01", "2026-03-05", TaskStatus.Cancelled)]
    [InlineData("2026-03-05", "2026-03-02", "2026-03-05", TaskStatus.Completed)]
    public void The_third_day_after_the_start_still_counts_and_the_fourth_does_not(
        string? contact, string? lastDay, string today, TaskStatus expected) =>
        Assert.Equal(expected, FollowAlongPolicy.StatusOf(
            new DueContact(FollowAlongKinds.AfterStart, Given.Day("2026-03-02"), Given.Day("2026-03-05")),
            contact is null ? [] : [Given.Day(contact)], lastDay is null ? null : Given.Day(lastDay),
            Given.Day(today)));
}
