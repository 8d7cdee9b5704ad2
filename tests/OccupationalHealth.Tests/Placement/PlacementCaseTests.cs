using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Placement;

/// <summary>The table of cases that a clinician can read: placement-cases.csv.</summary>
public sealed class PlacementCaseTests
{
    public static TheoryData<PlacementCase> Cases => [.. PlacementCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_is_placed_as_the_table_says(PlacementCase @case)
    {
        var (decision, refused) = @case.Decide();
        Assert.Equal(15, @case.Columns.Count);
        if (decision is null)
        {
            Assert.Equal(
                (@case.Columns[7], string.Join(", ", @case.Reasons)), ("refused", string.Join(", ", refused.Codes())));
            return;
        }

        var (chosen, need) = (decision.Chosen, decision.Need);
        Assert.Equal(
            string.Join(" | ", @case.Columns.Skip(6).Take(4).Concat(@case.Columns.Skip(11).Take(3))),
            string.Join(" | ",
            [
                need.Level is { } level ? $"{(int)level}" : "-",
                chosen.Place.Code() + (chosen.ContractId is "contract-2" ? " 2" : ""),
                List([chosen.Method, chosen.Unit, chosen.Bridge]),
                need.Urgency.Code(),
                List(decision.Tasks.Select(task => $"{task.Kind.Code()} by {task.Owner.Code()}")),
                decision.FollowUp?.Owner.Code() ?? "-",
                List(decision.Deadlines.Select(deadline =>
                    $"{deadline.Kind.Code()} {deadline.By:yyyy-MM-dd}{(deadline.Binding ? "" : " (information)")}")),
            ]));
        AssertAmong(@case.Reasons, decision.Reasons.Codes());
        AssertAmong(PlacementCase.Items(@case.Columns[14]), [
            .. decision.Alternatives.Select(option => $"{option.Place.Code()} {(option.IsOpen ? "open" : "closed")}"),
            .. decision.Alternatives.Select(option => $"{option.Place.Code()} from {option.From:yyyy-MM-dd}"),
            .. decision.Beside.Select(beside => $"beside {beside.Method}"),
            .. decision.Missing.Select(fact => $"asks for {fact.Code}"),
        ]);
    }

    [Fact]
    public void The_table_has_at_least_sixty_cases_and_each_cites_its_source() => Assert.Multiple(
        () => Assert.True(PlacementCase.All.Count >= 60, $"{PlacementCase.All.Count} cases"),
        () => Assert.Equal(PlacementCase.All.Count, PlacementCase.All.Select(c => c.Number).Distinct().Count()),
        () => Assert.All(PlacementCase.All, c => Assert.Matches(@"§\d|row \d|seed 00\d", c.Source)));

    [Fact]
    public void Every_reason_of_the_policy_is_named_by_some_case() =>
        Assert.Equal([], Reasons.All.Codes().Except(PlacementCase.All.SelectMany(c => c.Reasons)));

    [Fact]
    public void Every_method_place_and_limit_of_the_rules_is_hit_by_some_case()
    {
        var decisions = PlacementCase.All.Select(c => c.Decide().Decision).OfType<PlacementDecision>().ToList();

        Assert.Equal([], Given.Rules.Methods.Select(method => method.Code).Except(decisions.SelectMany(d =>
            d.Beside.Select(beside => beside.Method).Append(d.Chosen.Method).OfType<string>())));
        Assert.Equal([], Enum.GetValues<CarePlace>().Except(decisions.Select(d => d.Place)));
        Assert.Equal([], Enum.GetValues<TaskKind>().Except(decisions.SelectMany(d => d.Tasks).Select(t => t.Kind)));
        Assert.Equal([], Given.Rules.Deadlines.Select(rule => (rule.Place, rule.Kind)).Except(
            decisions.SelectMany(d => d.Deadlines.Select(deadline => (d.Place, deadline.Kind)))));
    }

    // What begins with an exclamation mark is not to be there.
    private static void AssertAmong(IReadOnlyList<string> expected, IEnumerable<string> actual)
    {
        var given = actual.ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], expected.Where(code =>
            code.StartsWith('!') ? given.Contains(code[1..]) : !given.Contains(code)));
    }

    private static string List(IEnumerable<string?> codes) =>
        string.Join(", ", codes.OfType<string>()) is { Length: > 0 } text ? text : "-";
}
