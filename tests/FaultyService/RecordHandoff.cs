using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace FaultyService;

/// <summary>
/// Records that a handoff had an effect. One whose Task is described by <see cref="Throw"/> throws, one with
/// <see cref="Crash"/> takes the process with it; each such attempt leaves a line in the file <c>Faulty:Attempts</c>.
/// </summary>
public sealed class RecordHandoff(IConfiguration configuration) : IMessageHandler
{
    public const string Throw = "throw", Crash = "crash";

    // Handling takes its time, so that others are in hand when one of them takes the process with it.
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(25);

    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        await session.Execute("insert into effect (bundle_id) values (@Id)", new { message.Bundle.Id });
        await Task.Delay(Takes, cancel);
        var fault = message.Focus<FhirTask>()?.Description;
        if (fault is not (Throw or Crash)) return MessageResult.Done;
        await File.AppendAllTextAsync(configuration["Faulty:Attempts"]!, fault + "\n", cancel);
        if (fault == Crash) Environment.FailFast("As the test asked.");
        throw new InvalidOperationException("As the test asked.");
    }
}
