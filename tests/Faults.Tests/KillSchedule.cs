using Faults.Tests.Servers;

namespace Faults.Tests;

/// <summary>
/// Kills at random moments, spread over a span of time: first each victim once in random order, then any. Each is started
/// again after a moment, whatever else is down then.
/// </summary>
internal sealed class KillSchedule
{
    private readonly IReadOnlyList<IVictim> victims;
    private readonly List<(TimeSpan At, int Victim, TimeSpan Down)> plan = [];
    private readonly HashSet<IVictim> down = [];
    private readonly List<string> killed = [];

    public KillSchedule(int seed, IReadOnlyList<IVictim> victims, int kills, TimeSpan span)
    {
        this.victims = victims;
        var random = new Random(seed);
        var order = Enumerable.Range(0, victims.Count).ToArray();
        random.Shuffle(order);
        for (var kill = 0; kill < kills; kill++)
        {
            var at = span * ((kill + random.NextDouble()) / kills);
            var victim = kill < order.Length ? order[kill] : random.Next(victims.Count);
            plan.Add((at, victim, TimeSpan.FromSeconds(random.NextDouble())));
        }
    }

    /// <summary>How often each was killed.</summary>
    public string Killed => string.Join(
        ", ", killed.CountBy(name => name).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Value} × {pair.Key}"));

    /// <summary>Follows the plan; returns when everything that was killed is ready again.</summary>
    public async Task Run()
    {
        var since = Stopwatch.GetTimestamp();
        List<Task> revivals = [];
        foreach (var (at, index, downtime) in plan)
        {
            var wait = at - Stopwatch.GetElapsedTime(since);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            if (NextUp(index) is not { } victim) continue;
            killed.Add(victim.Name);
            await victim.Kill();
            revivals.Add(Revive(victim, downtime));
        }

        await Task.WhenAll(revivals);
    }

    // Who lies down already cannot be killed: then it is the next one's turn.
    private IVictim? NextUp(int index)
    {
        lock (down)
        {
            var victim = victims.Skip(index).Concat(victims).FirstOrDefault(victim => !down.Contains(victim));
            if (victim is not null) down.Add(victim);
            return victim;
        }
    }

    private async Task Revive(IVictim victim, TimeSpan downtime)
    {
        await Task.Delay(downtime);
        await victim.Revive();
        lock (down) down.Remove(victim);
    }
}
