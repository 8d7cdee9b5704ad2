using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OccupationalHealth.WorkAbility;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class AbsencePolicyTests
{
    private static readonly WorkAbilityRules Rules = WorkAbilityRules.InForceOn(new DateOnly(2026, 11, 20));
    private static readonly AbsenceTerms Employee = new(), SelfEmployed = new(Insurance.SelfEmployed);

    // Easter by the tables of the Astronomical Applications Department, US Naval Observatory.
    [Theory]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2038-04-25")]
    public void Easter_is_found(string day) => Assert.Equal(Day(day), FinnishHolidays.Easter(Day(day).Year));

    [Fact]
    public void The_public_holidays_of_2026_are_those_of_the_calendar() => Assert.Equal(
        ["01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-20", "10-31", "12-06", "12-25",
            "12-26"],
        Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(FinnishHolidays.IsHoliday)
            .Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));

    // Rows 9 and 12: onset day and 9 weekdays (Saturday counted, public holidays not), then Monday to Saturday.
    [Theory]
    [InlineData("2026-03-02..2026-03-12", 0)] // Monday; own liability to Thursday of the next week
    [InlineData("2026-03-02..2026-03-13", 1)]
    [InlineData("2026-03-02..2026-03-16", 3)] // Friday, Saturday, Monday
    [InlineData("2026-03-02..2026-03-08,2026-03-09..2026-03-16", 3)] // two certificates, one absence
    [InlineData("2026-03-02..2026-03-10,2026-03-05..2026-03-16", 3)] // overlapping
    [InlineData("2026-03-02..2026-03-16,2026-03-02..2026-03-16", 3)] // told twice
    [InlineData("2026-03-02..2026-03-08,2026-03-10..2026-03-16", 0)] // a day at work: own liability again
    [InlineData("2026-03-30..2026-04-13", 1)] // Good Friday and Easter Monday do not count
    [InlineData("2026-12-14..2026-12-28", 1)] // Christmas: 25 Friday and 26 Saturday do not count
    [InlineData("", 0)]
    public void Allowance_days_are_counted(string spells, int days) =>
        Assert.Equal(days, AbsencePolicy.AllowanceDays(Spells(spells), Day("2026-12-31"), Employee, Rules));

    [Fact]
    public void The_self_employed_have_another_own_liability() =>
        Assert.Equal(12, AbsencePolicy.AllowanceDays(
            Spells("2026-03-02..2026-03-16"), Day("2026-12-31"), SelfEmployed, Rules));

    // §3.1: partial days count toward 60; a day in full wins.
    [Theory]
    [InlineData("2026-03-02..2026-03-12,2026-03-13..2026-03-16p", 0, 3)]
    [InlineData("2026-03-02..2026-03-16,2026-03-13..2026-03-16p", 3, 3)]
    public void Days_of_partial_allowance_count_where_the_rule_says_so(string spells, int full, int all) =>
        Assert.Equal((full, all), (
            AbsencePolicy.AllowanceDays(Spells(spells), Day("2026-12-31"), Employee, Rules),
            AbsencePolicy.AllowanceDays(Spells(spells), Day("2026-12-31"), Employee, Rules, withPartial: true)));

    // Row 9: within two years.
    [Theory]
    [InlineData("2028-03-12", 3)]
    [InlineData("2028-03-13", 2)]
    [InlineData("2028-03-16", 0)]
    public void What_is_older_than_two_years_counts_no_more(string day, int days) => Assert.Equal(
        days, AbsencePolicy.AllowanceDays(Spells("2026-03-02..2026-03-16"), Day(day), Employee, Rules));

    // Rows 6, 8, 9, 10 and the contact before the end; by hand, with the calendar of 2026.
    [Theory]
    [InlineData("2026-03-02..2026-03-10", "")]
    [InlineData("2026-03-02..2026-03-16", "contact-before-end 2026-03-09")]
    [InlineData("2026-03-02..2026-03-30", "contact-before-end 2026-03-23")]
    [InlineData("2026-03-02..2026-03-31", "30-days 2026-03-31,contact-before-end 2026-03-24")]
    // By weeks from Friday 13 March: 2, 8, 14, 19, 24, 30, 36, 41, 47, 52, 58, and Tuesday 26 May is the 60th. If it goes
    // on: 64, 70, 76, 81, 87, and Wednesday 1 July is the 90th.
    [InlineData("2026-03-02..2026-05-26",
        "30-days 2026-03-31,60-allowance-days 2026-05-26,90-allowance-days 2026-07-01,contact-before-end 2026-05-19")]
    [InlineData("2026-03-02..2026-05-25", "30-days 2026-03-31,contact-before-end 2026-05-18")]
    public void What_is_due_in_an_absence(string spells, string due) =>
        Assert.Equal(due, Due(spells, "2026-03-04", Employee));

    // Counted by a calendar of its own: from Friday 13 March 2026 on, Monday to Saturday without the 13 holidays of
    // 2026 and the two of January 2027.
    [Fact]
    public void A_long_absence_has_each_of_its_days_and_none_after_the_300th() => Assert.Equal(
        "30-days 2026-03-31,60-allowance-days 2026-05-26,90-allowance-days 2026-07-01,150-allowance-days 2026-09-09,"
        + "230-allowance-days 2026-12-12,300-allowance-days 2027-03-09,contact-before-end 2027-04-23",
        Due("2026-03-02..2027-04-30", "2026-03-04", Employee));

    // Lead time: 90 opens at the 60th allowance day, 300 at the 240th.
    [Theory]
    [InlineData("90-allowance-days", "2026-05-26")]
    [InlineData("300-allowance-days", "2026-12-24")]
    public void What_needs_time_is_opened_ahead(string code, string opens) => Assert.Equal(Day(opens),
        AbsencePolicy.Due(Spells("2026-03-02..2027-04-30"), Day("2026-03-04"), Employee, Rules)
            .Single(checkpoint => checkpoint.Code == code).Opens);

    [Fact]
    public void The_self_employed_have_neither_the_employers_30_days_nor_the_90() =>
        Assert.DoesNotContain(AbsencePolicy.Due(
            Spells("2026-03-02..2026-12-31"), Day("2026-03-04"), SelfEmployed, Rules),
            checkpoint => checkpoint.Code is "30-days" or "90-allowance-days");

    [Fact]
    public void Separate_absences_make_30_days_only_where_the_parties_agreed_so()
    {
        const string Spells = "2026-02-02..2026-02-21,2026-03-02..2026-03-11";
        Assert.Equal("", Due(Spells, "2026-03-04", Employee));
        Assert.Equal("30-days 2026-03-11", Due(Spells, "2026-03-04", Employee with { Accumulated = true }));
    }

    [Fact]
    public void Nothing_is_due_of_an_absence_that_was_over_when_it_was_told() =>
        Assert.Equal("", Due("2026-03-02..2026-05-27", "2026-05-28", Employee));

    [Fact]
    public void From_2022_there_are_150_and_230_where_needed_and_before_there_were_not()
    {
        var before = WorkAbilityRules.InForceOn(new DateOnly(2021, 12, 31));
        Assert.Equal(["150-allowance-days", "230-allowance-days"],
            Rules.Checkpoints.Where(rule => rule.IfNeeded).Select(rule => rule.Code));
        Assert.DoesNotContain(before.Checkpoints, rule => rule.IfNeeded);
    }

    [Fact]
    public void An_absence_in_two_contiguous_parts_is_the_same_absence() => ForEvery((spells, day) =>
    {
        var halves = spells.SelectMany(spell => spell.First == spell.Last ? [spell] : new[]
        {
            spell with { Last = spell.First }, spell with { First = spell.First.AddDays(1) },
        }).ToArray();
        return Show(AbsencePolicy.Due(spells, day, Employee, Rules)) == Show(AbsencePolicy.Due(halves, day, Employee, Rules))
            && Count(spells, day) == Count(halves, day);
    });

    [Fact]
    public void A_day_more_never_makes_a_count_smaller() => ForEvery((spells, day) =>
        Enumerable.Range(-20, 40).Select(day.AddDays)
            .All(more => Count([.. spells, new AbsenceSpell(more, more)], day) >= Count(spells, day)));

    [Fact]
    public void The_order_in_which_spells_are_told_means_nothing_and_neither_does_telling_one_twice() =>
        ForEvery((spells, day) =>
            Show(AbsencePolicy.Due(spells, day, Employee, Rules))
            == Show(AbsencePolicy.Due([.. spells.Reverse(), .. spells], day, Employee, Rules)));

    [Fact]
    public void Nothing_is_due_before_it_is_opened_and_what_is_due_holds_if_the_absence_goes_on() =>
        ForEvery((spells, day) => AbsencePolicy.Due(spells, day, Employee, Rules).All(checkpoint =>
            checkpoint.Opens <= checkpoint.Due && AbsencePolicy.Holds(checkpoint.Code, checkpoint.Due,
                [.. spells, new AbsenceSpell(spells.Max(spell => spell.Last), checkpoint.Due)], Employee, Rules)));

    private static int Count(IEnumerable<AbsenceSpell> spells, DateOnly day) =>
        AbsencePolicy.AllowanceDays(spells, day, Employee, Rules)
        + AbsencePolicy.AllowanceDays(spells, day, Employee, Rules, withPartial: true);

    private static void ForEvery(Func<AbsenceSpell[], DateOnly, bool> holds)
    {
        var spell = from start in Gen.Choose(0, 400)
                    from length in Gen.Choose(1, 120)
                    from partial in Gen.Elements(false, false, true)
                    let first = new DateOnly(2025, 6, 1).AddDays(start)
                    select new AbsenceSpell(first, first.AddDays(length - 1), partial);
        var cases = from spells in spell.ArrayOf()
                    from day in Gen.Choose(0, 500)
                    select (spells, new DateOnly(2025, 6, 1).AddDays(day));
        Prop.ForAll(Arb.From(cases), one => holds(one.spells, one.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(6));
    }

    private static string Due(string spells, string today, AbsenceTerms terms) =>
        Show(AbsencePolicy.Due(Spells(spells), Day(today), terms, Rules));

    private static string Show(IEnumerable<Checkpoint> checkpoints) =>
        string.Join(',', checkpoints.Select(one => $"{one.Code} {one.Due:yyyy-MM-dd}"));

    // 2026-03-02..2026-03-16, with p behind it for partial allowance.
    private static AbsenceSpell[] Spells(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(spell => new AbsenceSpell(
            Day(spell[..10]), Day(spell[12..22]), spell.EndsWith('p')))];

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
