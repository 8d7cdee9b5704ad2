using System.Globalization;
using System.Net;
using Fhir;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>Updates from two connections at once, shuffled and doubled, through the real service.</summary>
public sealed class ShuffledUpdatesTests
{
    private static readonly string[] Statuses = ["Employed", "Unemployed", "NotInLaborForce"];

    // Another sequence for each number; the same number gives the same sequence again.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Whatever_the_order_the_history_is_the_same_and_each_status_is_told_once(int seed)
    {
        var random = new Random(seed);
        var life = Enumerable.Range(0, random.Next(2, 9))
            .Select(_ => (
                Start: Given.Day("2026-11-23").AddDays(-random.Next(0, 700)), Status: random.GetItems(Statuses, 1)[0]))
            .DistinctBy(one => one.Start).OrderBy(one => one.Start).ToList();

        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var messages = life.Select(one => Given.StatusUpdate(one.Start.ToString("O"), one.Status)).ToList();
        // Some arrive again as they are, some are reported anew.
        var again = life.Select((one, i) => i % 2 == 0
            ? messages[i] : Given.StatusUpdate(one.Start.ToString("O"), one.Status));
        Bundle[] all = [.. messages, .. again];
        random.Shuffle(all);
        var half = all.Length / 2;
        await Task.WhenAll(Deliver(ips, all[..half]), Deliver(ips, all[half..]));

        var expected = life.Select((one, i) => string.Create(CultureInfo.InvariantCulture,
            $"{one.Status} {one.Start:O}..{(i + 1 < life.Count ? life[i + 1].Start.AddDays(-1).ToString("O") : "")}"));
        Assert.Equal(expected, (await ips.All<Observation>())
            .Select(status => (
                ((CodeableConcept)status.Value!).Coding.Single().Code, Period: (Period)status.Effective!))
            .OrderBy(status => status.Period.Start, StringComparer.Ordinal)
            .Select(status => $"{status.Code} {status.Period.Start}..{status.Period.End}"));
        var told = (await ips.Outbox()).Select(one => ((Period)one.Bundle.Only<Observation>().Effective!).Start);
        Assert.Equal(life.Select(one => one.Start.ToString("O")), told.Order(StringComparer.Ordinal));
    }

    private static async Task Deliver(RunningIps ips, IEnumerable<Bundle> messages)
    {
        using var connection = ips.Connect();
        foreach (var message in messages)
            Assert.Equal(HttpStatusCode.OK, (await RunningIps.Send(connection, message)).StatusCode);
    }
}
