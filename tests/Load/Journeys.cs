using System.Collections.Concurrent;
using System.Tests;
using System.Text;
using Faults.Tests.Parties;
using Npgsql;

namespace Load;

/// <summary>
/// Whole journeys through gateway, services, broker and database: a confirmed referral is placed and answered, handed
/// over to its county, the county accepts, and occupational health has stored so on its Task.
/// </summary>
internal sealed class Journeys(PatientSender sender, NpgsqlDataSource occupationalHealth, int first)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);
    private static readonly string Example = Examples.Text("03-");
    private readonly ConcurrentDictionary<string, TaskCompletionSource> open = new();

    /// <summary>One journey from the referral to the county's answer.</summary>
    public async Task One(int number)
    {
        var (journey, referral) = Referral(first + number);
        var end = open[journey] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var body = Encoding.UTF8.GetBytes(referral);
        if (await sender.Send($"{Client.OccupationalHealth}/$process-message", body, 0) is null)
            throw new InvalidOperationException(sender.Refusals.First());
        await end.Task;
    }

    /// <summary>Looks which journeys have come to their end, until it is cancelled.</summary>
    public async Task Watch(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await using var command = occupationalHealth.CreateCommand(
                "select journey from inbox where source = 'region-handoff' and journey = any($1) and state = 'done'");
            command.Parameters.AddWithValue(open.Keys.ToArray());
            await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
                while (await reader.ReadAsync(CancellationToken.None))
                    if (open.TryRemove(reader.GetString(0), out var end)) end.TrySetResult();
            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }

    // A person, a number and a journey of its own, and message ids that were never used.
    private static (string Journey, string Referral) Referral(int number)
    {
        var (birth, code) = Persons.Of(number);
        var journey = Guid.CreateVersion7().ToString();
        return (journey, Example
            .Replace("82573d96-970d-5923-8a94-856543ccbf47", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
            .Replace("b1adc5a6-55cb-5ce6-a96b-7453eb567238", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
            .Replace("cf42cba4-5f12-5c6f-89c1-5c2f735b1651", journey, StringComparison.Ordinal)
            .Replace("A-2026-03", $"load-{number}", StringComparison.Ordinal)
            .Replace("1994-05-02", birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("020594X903P", code, StringComparison.Ordinal));
    }
}
