using Fhir;
using Fhir.Json;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace Faults.Tests.Parties;

/// <summary>What a county's system says of the handoffs that it was sent.</summary>
internal static class CountyAnswers
{
    /// <summary>The shortest way to the end.</summary>
    public static readonly TaskStatus[] Short =
        [TaskStatus.Received, TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed];

    /// <summary>A way with ten moves, of which each is possible only after the one before.</summary>
    public static readonly TaskStatus[] Long =
    [
        TaskStatus.Received, TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.OnHold, TaskStatus.InProgress,
        TaskStatus.OnHold, TaskStatus.InProgress, TaskStatus.OnHold, TaskStatus.InProgress, TaskStatus.Completed,
    ];

    /// <summary>A <c>handoff-response</c> with ids of its own: it is made once and sent as often as need be.</summary>
    public static byte[] Response(FhirTask handoff, string region, TaskStatus status)
    {
        var now = TimeProvider.System.GetUtcNow();
        var county = new Organization { Id = Guid.CreateVersion7().ToString() };
        county.Identifier.Add(new Identifier(Systems.Region, region));
        var task = new FhirTask
        {
            Id = Guid.CreateVersion7().ToString(), Identifier = handoff.Identifier,
            GroupIdentifier = handoff.GroupIdentifier, Status = status, Intent = handoff.Intent, Code = handoff.Code,
            LastModifiedElement = new FhirDateTime(now), Owner = new ResourceReference($"Organization/{county.Id}"),
        };
        var message = MessageBundle.Compose(Events.HandoffResponse, $"county-{region}", now, task, [task, county]);
        message.MessageHeader().Sender = new ResourceReference($"Organization/{county.Id}");
        return FhirJson.Write(message);
    }

    /// <summary>The number that the placer gave a Task, by which all parties know it.</summary>
    public static string? PlacerNumber(this FhirTask task) => task.Identifier
        .Find(identifier => identifier.Type?.Has(Systems.IdentifierType, "PLAC") == true)?.Value;

    /// <summary>That a message has been taken.</summary>
    public static byte[] Acknowledgement(Bundle message) => FhirJson.Write(MessageBundle.Answer(
        message.MessageHeader(), "county", TimeProvider.System.GetUtcNow(), []));
}
