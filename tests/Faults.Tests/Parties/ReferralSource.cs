using System.Collections.Concurrent;
using System.Tests;
using System.Text;
using System.Text.Json.Nodes;

namespace Faults.Tests.Parties;

/// <summary>
/// A provider's system that refers workers at a steady rate: its schedule does not wait for answers. Each referral is
/// confirmed, about a person of its own, and leaves for the county of Päijät-Häme.
/// </summary>
internal sealed class ReferralSource(PatientSender sender)
{
    /// <summary>The numbers of the referrals that were answered 2xx.</summary>
    public ConcurrentBag<string> Answered { get; } = [];

    /// <summary>Returns when the last has been sent; those without an answer are sent on.</summary>
    public async Task Refer(int count, double perSecond)
    {
        var since = Stopwatch.GetTimestamp();
        for (var number = 0; number < count; number++)
        {
            var wait = TimeSpan.FromSeconds(number / perSecond) - Stopwatch.GetElapsedTime(since);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            _ = ReferOne(number);
        }
    }

    private async Task ReferOne(int number)
    {
        var body = Encoding.UTF8.GetBytes(Referral(number));
        if (await sender.Send("/occupational-health/fhir/$process-message", body, first: number) is not null)
            Answered.Add($"copy-{number}");
    }

    private static string Referral(int number)
    {
        var bundle = JsonNode.Parse(Examples.Fresh("03-", number))!;
        var person = bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!)
            .Single(resource => (string?)resource["resourceType"] == "Patient");
        var (birth, code) = Persons.Of(number);
        person["birthDate"] = birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        person["identifier"]![0]!["value"] = code;
        return bundle.ToJsonString();
    }
}
