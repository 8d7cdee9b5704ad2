using System.Security.Cryptography;
using Faults.Tests.Servers;
using Fhir;
using Messages;
using OccupationalHealth;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace Faults.Tests.Parties;

/// <summary>Puts handoffs into OccupationalHealth's outbox as its handlers do; the running service sends them.</summary>
internal static class FilledOutbox
{
    private const int OfOneTransaction = 50, OfOneJourney = 2;

    /// <summary>Returns the Bundle.ids in order. Two by two they belong to one journey.</summary>
    /// <param name="backend">Whose database.</param>
    /// <param name="count">How many.</param>
    /// <param name="description">What the Task of a message says, by its number.</param>
    public static async Task<IReadOnlyList<string>> With(Backend backend, int count, Func<int, string?> description)
    {
        await using var database = new OccupationalHealthDatabase(
            new PostgreSqlEngine(backend.ConnectionString(backend.DatabaseOf(ServiceNames.OccupationalHealth))),
            new StorageSecrets(new NoSeal(), new IndexKeys("1", RandomNumberGenerator.GetBytes(32))), TimeProvider.System);
        List<string> ids = [];
        var journey = "";
        while (ids.Count < count)
        {
            await database.Write(async session =>
            {
                for (var each = 0; each < OfOneTransaction && ids.Count < count; each++)
                {
                    if (ids.Count % OfOneJourney == 0) journey = Guid.CreateVersion7().ToString();
                    var handoff = Handoff(description(ids.Count), session.Now);
                    await session.Outbox.Enqueue<HandoffRequest>(handoff, journey, ServiceNames.OccupationalHealth);
                    ids.Add(handoff.Id!);
                }
            }, CancellationToken.None);
        }

        return ids;
    }

    private static Bundle Handoff(string? description, DateTimeOffset now)
    {
        var task = new FhirTask
        {
            Id = Guid.CreateVersion7().ToString(), Status = TaskStatus.Requested, Intent = TaskIntent.Order,
            Description = description,
        };
        return MessageBundle.Compose(Events.HandoffRequest, ServiceNames.OccupationalHealth, now, task, [task]);
    }
}
