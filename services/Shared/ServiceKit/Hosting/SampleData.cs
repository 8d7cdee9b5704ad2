using Fhir;
using Fhir.Json;
using Microsoft.Extensions.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>
/// Fills a database that holds nothing with the collection <c>&lt;service&gt;.json</c> of a folder, under the ids that stand
/// there: what a newcomer needs to try the system. Off unless <c>Samples:Folder</c> names the folder.
/// </summary>
internal sealed class SampleData<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, SampleOptions options)
    : IHostedService where TDatabase : ServiceDatabase
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(options.Folder, $"{definition.Name}.json");
        var read = FhirJson.Read(await File.ReadAllBytesAsync(file, cancellationToken));
        if (read is not { Ok: true, Resource: Bundle samples })
            throw new InvalidOperationException($"{file}: {read.Issues[0].Expression} {read.Issues[0].Message}");
        await database.Write(async session =>
        {
            await session.Lock("samples");
            if (await session.First<long>("select count(*) from resource") > 0) return;
            foreach (var entry in samples.Entry) await session.Resources.Create(Access.Local, entry.Resource!);
        }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
