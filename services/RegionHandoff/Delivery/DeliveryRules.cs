using System.Text.Json;

namespace RegionHandoff.Delivery;

/// <summary>How long a region has to acknowledge a message, from a day on.</summary>
/// <param name="From">The first day on which the rules hold.</param>
/// <param name="AcknowledgeWithinMinutes">After so many minutes without acknowledgement the message is sent
/// again.</param>
/// <param name="SendAgain">How often, before its sender is told.</param>
/// <param name="Source">Where the two figures come from, with a mark.</param>
/// <param name="UrgentAcknowledgeWithinMinutes">The same in an emergency, which is never sent again first.</param>
/// <param name="UrgentSource">Where that figure comes from, with a mark.</param>
public sealed record DeliveryRules(
    DateOnly From, int AcknowledgeWithinMinutes, int SendAgain, string Source, int UrgentAcknowledgeWithinMinutes,
    string UrgentSource)
{
    private static readonly IReadOnlyList<DeliveryRules> All = Read();

    /// <summary>The rules in force; before the first day, the first.</summary>
    public static DeliveryRules On(DateTimeOffset time)
    {
        var day = DateOnly.FromDateTime(time.UtcDateTime);
        return All.LastOrDefault(rules => rules.From <= day) ?? All[0];
    }

    /// <summary>How long a message may stay without acknowledgement before something happens.</summary>
    public TimeSpan Deadline(bool urgent) =>
        TimeSpan.FromMinutes(urgent ? UrgentAcknowledgeWithinMinutes : AcknowledgeWithinMinutes);

    private static DeliveryRules[] Read()
    {
        var type = typeof(DeliveryRules);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.delivery-rules.json")
            ?? throw new InvalidOperationException("delivery-rules.json is not embedded.");
        var rules = JsonSerializer.Deserialize<DeliveryRules[]>(stream, JsonSerializerOptions.Web)!;
        return [.. rules.OrderBy(one => one.From)];
    }
}
