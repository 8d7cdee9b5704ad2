using Fhir;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace Benchmarks;

public sealed class BenchmarkDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);

/// <summary>Takes whatever keeps R4's rules.</summary>
public sealed class Anything<T> : IWriteRule<T> where T : Resource
{
    public Task<Refusal?> Check(Write<T> write, CancellationToken cancel) => Task.FromResult<Refusal?>(null);
}

/// <summary>The process that is measured: a FHIR base, and the bare handler beside it.</summary>
internal static class Served
{
    public const string Base = "/ips/fhir", Bare = "/bare";

    public static ServiceDefinition<BenchmarkDatabase> Definition() =>
        new ServiceDefinition<BenchmarkDatabase>(ServiceNames.IpsCoaching, Base)
            .Serve<Patient, Anything<Patient>>()
            .Serve<FhirTask, Anything<FhirTask>>()
            .Serve<ServiceRequest, Anything<ServiceRequest>>()
            .Serve<Observation, Anything<Observation>>();

    /// <summary>Serves until its input is closed; the first line that it prints is its address.</summary>
    /// <param name="database">Npgsql's connection string, with <c>{service}</c> for the service's name.</param>
    public static async Task<int> Run(string database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Storage:PostgreSql"] = database;
        builder.Configuration["Storage:Folder"] = Directory.CreateTempSubdirectory("omh-benchmarks-").FullName;
        builder.Services.AddSingleton(TimeProvider.System);
        var definition = Definition();
        builder.Services.AddFhirService(definition, builder.Configuration);
        builder.AddServiceHost();
        var app = builder.Build();
        app.UseServiceHost();
        app.MapFhirService(definition);
        await using var bare = await BareHandler.Map(app, database.Replace("{service}", "region-handoff", StringComparison.Ordinal));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
