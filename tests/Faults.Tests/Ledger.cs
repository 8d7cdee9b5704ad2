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

    /// <summary>Waits until nothing is on its way, up to a limit.</summary>
    public async Task<Drained> Drain(TimeSpan limit)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var open = await Open();
            var took = Stopwatch.GetElapsedTime(since);
            if (open.Count == 0 || took > limit) return new Drained(took, open);
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

    /// <summary>The statuses that a referral's care Task has had, the first first.</summary>
    public static async Task<IReadOnlyList<TaskStatus>> History(Client client, string number)
    {
        var found = await client.Get<Bundle>($"{Client.OccupationalHealth}/Task?identifier={number}");
        var task = Assert.Single(found.All<FhirTask>());
        var history = await client.Get<Bundle>($"{Client.OccupationalHealth}/Task/{task.Id}/_history");
        return
        [
            .. history.All<FhirTask>()
                .OrderBy(version => int.Parse(version.Meta!.VersionId!, CultureInfo.InvariantCulture))
                .Select(version => version.Status!.Value),
        ];
    }

    private async Task<IReadOnlyList<string>> Open()
    {
        const string Outbox = "select count(*) from outbox where state = 0";
        const string Deliveries = "select count(*) from delivery where state <> 'acknowledged'";
        const string Recorded =
            "select count(*) from inbox where consumer like '%.record-handoff-response' and state = 'done'";
        (string What, long Count)[] counts =
        [
            ("referrals without an answer", referrals - source.Answered.Count),
            ("handoffs that the county has not ended",
                referrals - county.States.Values.Count(status => status == TaskStatus.Completed)),
            ("rows in OccupationalHealth's outbox", await Count(ServiceNames.OccupationalHealth, Outbox)),
            ("rows in RegionHandoff's outbox", await Count(ServiceNames.RegionHandoff, Outbox)),
            ("deliveries that are not acknowledged", await Count(ServiceNames.RegionHandoff, Deliveries)),
            ("answers that OccupationalHealth has not recorded",
                (long)referrals * answersOfEach - await Count(ServiceNames.OccupationalHealth, Recorded)),
            ("messages in queues", await system.Backend.Queued()),
        ];
        return
        [
            .. counts.Where(pair => pair.Count != 0).Select(pair => $"{pair.Count} {pair.What}"),
            .. await Unhandled(ServiceNames.OccupationalHealth), .. await Unhandled(ServiceNames.RegionHandoff),
        ];
    }

    private Task<IReadOnlyList<string>> Unhandled(string service) => system.Backend.Texts(
        service,
        """
        select consumer || ': ' || count(*) || ' ' || state || ' in attempt ' || attempt || coalesce(' (' || reason || ')', '')
        from inbox where state <> 'done' group by consumer, state, attempt, reason
        """);

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

/// <summary>How long it took until nothing was on its way, or what still was when the time was over.</summary>
internal sealed record Drained(TimeSpan Took, IReadOnlyList<string> Open)
{
    public override string ToString() => Open.Count == 0
        ? $"drained in {Figures.Seconds(Took)}"
        : $"not drained in {Figures.Seconds(Took)}: {string.Join(", ", Open)}";
}
