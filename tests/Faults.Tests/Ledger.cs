using System.Tests;
using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace Faults.Tests;

/// <summary>Compares what was promised to the sender of referrals with what all parties have.</summary>
internal sealed class Ledger(RunningSystem system, ReferralSource source, County county, int referrals, int answersOfEach)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Referrals that were answered 2xx and are not at the county.</summary>
    public IReadOnlyList<string> Lost => [.. source.Answered.Where(number => !county.Effects.ContainsKey(number))];

    /// <summary>Referrals that had more than one effect at the county.</summary>
    public IReadOnlyList<string> Doubled =>
        [.. county.Effects.Where(pair => pair.Value.Distinct().Count() > 1).Select(pair => pair.Key)];

    /// <summary>Waits until nothing is on its way, up to a limit; returns how long it took and what still is.</summary>
    public async Task<(TimeSpan Took, IReadOnlyList<string> Open)> Drain(TimeSpan limit)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var open = await Open();
            var took = Stopwatch.GetElapsedTime(since);
            if (open.Count == 0 || took > limit) return (took, open);
            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>Numbers whose Task at a base is missing, doubled, or not as the county sees it.</summary>
    public async Task<IReadOnlyList<string>> Differences(string root)
    {
        using var client = new Client(system.Addresses[0]);
        var tasks = await Tasks(client, root);
        return
        [
            .. source.Answered.Where(number =>
                tasks[number].ToList() is not [var status] || status != county.States.GetValueOrDefault(number)),
        ];
    }

    private async Task<IReadOnlyList<string>> Open()
    {
        const string Waiting = "select count(*) from outbox where state = 0";
        const string Unhandled = "select count(*) from inbox where state <> 'done'";
        (string What, long Count)[] counts =
        [
            ("referrals without an answer", referrals - source.Answered.Count),
            ("handoffs that the county has not ended",
                referrals - county.States.Values.Count(status => status == TaskStatus.Completed)),
            ("rows in OccupationalHealth's outbox", await Count(ServiceNames.OccupationalHealth, Waiting)),
            ("rows in RegionHandoff's outbox", await Count(ServiceNames.RegionHandoff, Waiting)),
            ("rows in OccupationalHealth's inbox that are not done",
                await Count(ServiceNames.OccupationalHealth, Unhandled)),
            ("rows in RegionHandoff's inbox that are not done", await Count(ServiceNames.RegionHandoff, Unhandled)),
            ("deliveries that are not acknowledged", await Count(
                ServiceNames.RegionHandoff, "select count(*) from delivery where state <> 'acknowledged'")),
            ("answers that OccupationalHealth has not recorded", (long)referrals * answersOfEach - await Count(
                ServiceNames.OccupationalHealth,
                "select count(*) from inbox where consumer like '%.record-handoff-response' and state = 'done'")),
            ("messages in queues", await system.Backend.Queued()),
        ];
        return [.. counts.Where(pair => pair.Count != 0).Select(pair => $"{pair.Count} {pair.What}")];
    }

    private Task<long> Count(string service, string sql) => system.Backend.Count(service, sql);

    private static async Task<ILookup<string, TaskStatus>> Tasks(Client client, string root)
    {
        List<FhirTask> tasks = [];
        for (var next = $"{root}/Task?_count=200"; next is not null;)
        {
            var page = await client.Get<Bundle>(next);
            tasks.AddRange(page.All<FhirTask>().Where(task => task.PlacerNumber() is not null));
            next = page.Link.Find(link => link.Relation == "next")?.Url;
        }

        return tasks.ToLookup(task => task.PlacerNumber()!, task => task.Status!.Value);
    }
}
