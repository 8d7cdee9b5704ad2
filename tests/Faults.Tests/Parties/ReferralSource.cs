using System.Collections.Concurrent;
using System.Tests;
using System.Text;
using System.Text.Json.Nodes;

namespace Faults.Tests.Parties;

/// <summary>
/// A system that refers persons at a steady rate: its schedule does not wait for answers. Each referral is one of the
/// examples about a person of its own; unless told otherwise a confirmed one that leaves for the county of Päijät-Häme.
/// </summary>
internal sealed class ReferralSource(
    PatientSender sender, string example = "03-", string root = Client.OccupationalHealth)
{
    /// <summary>How many have been sent, answered or not.</summary>
    public int Sent { get; private set; }

    /// <summary>The numbers of the referrals that were answered 2xx.</summary>
    public ConcurrentBag<string> Answered { get; } = [];

    /// <summary>Returns when the last has been sent or it was told to stop; those without an answer are sent on.</summary>
    public async Task Refer(int count, double perSecond, CancellationToken stop = default)
    {
        var since = Stopwatch.GetTimestamp();
        while (Sent < count && !stop.IsCancellationRequested)
        {
            _ = ReferOne(Sent++);
            var wait = TimeSpan.FromSeconds(Sent / perSecond) - Stopwatch.GetElapsedTime(since);
            if (wait <= TimeSpan.Zero) continue;
            await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReferOne(int number)
    {
        try
        {
            var body = Encoding.UTF8.GetBytes(Referral(number));
            if (await sender.Send($"{root}/$process-message", body, first: number) is not null)
                Answered.Add($"copy-{number}");
        }
        catch (Exception fault)
        {
            // Nobody waits for this one: a fault of the client's own would look like a referral without an answer.
            sender.Refusals.Enqueue(fault.ToString());
        }
    }

    private string Referral(int number)
    {
        var bundle = JsonNode.Parse(Examples.Fresh(example, number))!;
        var person = bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!)
            .Single(resource => (string?)resource["resourceType"] == "Patient");
        var (birth, code) = Persons.Of(number);
        person["birthDate"] = birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        person["identifier"]![0]!["value"] = code;
        return bundle.ToJsonString();
    }
}
