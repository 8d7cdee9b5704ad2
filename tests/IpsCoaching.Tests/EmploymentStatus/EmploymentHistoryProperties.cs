using FsCheck;
using FsCheck.Fluent;
using IpsCoaching.EmploymentStatus;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>What holds of every history, whatever is reported and withdrawn in whatever order.</summary>
public sealed class EmploymentHistoryProperties
{
    private static readonly DateOnly Today = Given.Day("2026-11-23");

    private sealed record Step(bool Withdraws, WorkStatus Status, int DaysAgo);

    [Fact]
    public void Periods_never_overlap_and_exactly_one_is_open() => ForEverySequence((history, _, _) =>
        history.Periods.Count == 0
        || (history.Periods.Count(period => period.End is null) == 1
            && history.Periods[^1].End is null
            && history.Periods.Zip(history.Periods.Skip(1)).All(pair => pair.First.End < pair.Second.Start)
            && history.Periods.All(period => period.End is null || period.Start <= period.End)));

    [Fact]
    public void No_day_is_lost_between_two_statuses() => ForEverySequence((history, _, _) =>
        history.Periods.Zip(history.Periods.Skip(1)).All(pair => pair.First.End?.AddDays(1) == pair.Second.Start));

    [Fact]
    public void A_report_changes_nothing_but_the_end_of_the_one_before() => ForEverySequence((after, before, _) =>
        after.Periods.Count < before.Periods.Count
        || (before.Periods.All(old => after.Periods.Any(now => now == old || now == old with { End = now.End }))
            && before.Periods.Count(old => !after.Periods.Contains(old)) <= 1));

    [Fact]
    public void Whatever_order_statuses_arrive_in_and_however_often_the_history_is_the_same()
    {
        var life = from days in Gen.Choose(0, 900).ListOf()
                   from statuses in Gen.Elements(Enum.GetValues<WorkStatus>()).ListOf(days.Count)
                   select days.Zip(statuses).DistinctBy(one => one.First).ToList();
        var arrivals = from one in life
                       from order in Gen.Shuffle(one.Concat(one).ToArray())
                       select (Life: one, Order: order.ToList());
        Prop.ForAll(arrivals.ToArbitrary(), one => Shape(one.Life.OrderByDescending(status => status.First))
            .SequenceEqual(Shape(one.Order))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_refused_report_is_one_that_could_not_be() => ForEverySequence((_, before, change) =>
        change is not StatusChange.Refused { Objections: var why }
        || (why.Count > 0 && (why.Contains(StatusObjection.InTheFuture) || before.Periods.Count > 0
            || why.Contains(StatusObjection.NewerExists))));

    private static IReadOnlyList<string> Shape(IEnumerable<(int DaysAgo, WorkStatus Status)> arrivals)
    {
        var history = new EmploymentHistory([]);
        foreach (var ((daysAgo, status), number) in arrivals.Select((one, number) => (one, number)))
            history = history.After(history.Report($"s{number}", status, Today.AddDays(-daysAgo), Today));
        return [.. history.Periods.Select(period => $"{period.Status} {period.Start:O}..{period.End:O}")];
    }

    private static void ForEverySequence(Func<EmploymentHistory, EmploymentHistory, StatusChange, bool> holds)
    {
        var step = from withdraws in Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false)))
                   from status in Gen.Elements(Enum.GetValues<WorkStatus>())
                   from daysAgo in Gen.Choose(-3, 60)
                   select new Step(withdraws, status, daysAgo);
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var history = new EmploymentHistory([]);
            // Mostly forward in time, as life goes; the rest is out of order on purpose.
            foreach (var (one, number) in steps.OrderByDescending(s => s.DaysAgo % 7 == 0 ? 0 : s.DaysAgo)
                .Select((one, number) => (one, number)))
            {
                var change = one.Withdraws && history.Periods.Count > 0
                    ? history.Withdraw(history.Periods[one.DaysAgo < 0 ? 0 : ^1].Id)
                    : history.Report($"s{number}", one.Status, Today.AddDays(-one.DaysAgo), Today);
                var after = history.After(change);
                if (!holds(after, history, change)) return false;
                history = after;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
