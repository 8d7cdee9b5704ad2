using IpsCoaching.Caseload;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;

namespace IpsCoaching.Tests.Caseload;

public sealed class NextActionPolicyTests
{
    // 20, 30, 14, 90 and 30 of ips-rules.json; entered on 1 October 2026, today is 23 November.
    private static readonly CaseloadRule Rule = IpsRules.InForceOn(Given.Day("2026-11-23")).Caseload;

    [Fact]
    public void A_new_case_asks_for_the_disclosure_preference_a_profile_and_an_employer() => Assert.Equal(
        ["ask-disclosure 2026-10-01", "first-profile 2026-10-31", "first-employer-contact 2026-10-31"], Lines(Case()));

    [Theory]
    [InlineData("2026-10-05", "", "2027-01-03")]
    [InlineData("2026-11-16", "2026-11-30", "2027-02-14", "2026-11-16")]
    [InlineData("2026-11-15", "2026-11-30", "2026-11-30", "2026-11-16")]
    [InlineData("2026-10-05", "2026-11-30", "2026-11-30")]
    [InlineData("2026-10-05", "2026-10-05", "2027-01-03")]
    [InlineData("2026-10-05", "2027-02-01", "2027-01-03")]
    public void Disclosure_is_asked_again_after_so_many_days_and_at_each_new_job(
        string asked, string job, string due, string? known = null)
    {
        var one = Case() with
        {
            Asked = Given.Day(asked),
            HasProfile = true,
            HasEmployerContact = true,
            Jobs = job.Length == 0 ? [] : [new ListedJob(Given.Day(known ?? job), Given.Day(job), null, false)],
        };
        Assert.Equal([$"ask-disclosure {due}"], Lines(one));
    }

    [Fact]
    public void Each_job_that_has_ended_asks_for_its_own_update_of_the_profile()
    {
        var one = Case() with
        {
            Asked = Given.Day("2026-11-20"),
            HasProfile = true,
            Jobs =
            [
                new ListedJob(Given.Day("2026-10-05"), Given.Day("2026-10-05"), Given.Day("2026-10-16"), true),
                new ListedJob(Given.Day("2026-10-19"), Given.Day("2026-10-19"), Given.Day("2026-10-30"), false),
                new ListedJob(Given.Day("2026-11-09"), Given.Day("2026-11-09"), null, false),
            ],
        };
        Assert.Equal(["profile-after-job 2026-11-13", "ask-disclosure 2027-02-18"], Lines(one));
    }

    [Fact]
    public void Of_the_contacts_that_follow_a_job_those_of_today_and_the_next_one_are_listed()
    {
        var start = Given.Day("2026-11-23");
        var one = Case() with
        {
            Asked = start,
            HasProfile = true,
            Jobs = [new ListedJob(start, start, null, false)],
            Contacts = FollowAlongPolicy.Plan(start, IpsRules.InForceOn(start).FollowAlong),
        };
        Assert.Equal(
            [
                "before-start 2026-11-22", "after-start 2026-11-26", "weekly 2026-11-29", "weekly 2026-12-06",
                "ask-disclosure 2027-02-21",
            ],
            Lines(one));
    }

    private static ListedCase Case() => new(Given.Day("2026-10-01"), false, null, false, [], []);

    private static IEnumerable<string> Lines(ListedCase one) =>
        NextActionPolicy.Of(one, Rule, Given.Day("2026-11-23")).Select(action => $"{action.Kind} {action.Due:O}");
}
