using Microsoft.Extensions.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>Brings a database up to date before anything is served or consumed.</summary>
internal sealed class DatabaseStartup<TDatabase>(TDatabase database) : IHostedService where TDatabase : ServiceDatabase
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.Migrate(cancellationToken);

        // A predecessor that was killed left leases behind. Where nobody else can hold one, nobody has to wait for them.
        if (database.Dialect.SingleProcess)
        {
            await database.Write(session => session.Execute(
                """
                update inbox set lease_until = 0 where lease_until > 0;
                update outbox_stream set lease_until = 0 where lease_until > 0;
                update timer set lease_until = 0 where lease_until > 0;
                """), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
