using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ServiceKit.Audit;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Settings;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>The two parts of every service: what it needs, its queues included, and what it serves.</summary>
public static class FhirService
{
    /// <summary>Registers a service's database, handlers, rules and background work.</summary>
    public static IServiceCollection AddFhirService<TDatabase>(
        this IServiceCollection services, ServiceDefinition<TDatabase> definition, IConfiguration configuration)
        where TDatabase : ServiceDatabase
    {
        services.AddStorage(configuration);
        services.AddSingleton(definition);
        services.AddSingleton(provider =>
        {
            var database = ActivatorUtilities.CreateInstance<TDatabase>(
                provider, provider.GetRequiredService<StorageOptions>().Engine(definition.Name));
            database.Sharing = definition.Sharing;
            database.Open(definition.OpenTypes);
            database.Registers.Types.UnionWith(definition.KeptTypes);
            return database;
        });
        services.AddSingleton<IServiceProbe>(provider => new DatabaseProbe<TDatabase>(
            definition.Name, provider.GetRequiredService<TDatabase>()));
        services.AddHostedService<DatabaseStartup<TDatabase>>();
        services.AddHostedService<Heartbeat<TDatabase>>();
        services.AddHostedService<StoreIdentity<TDatabase>>();
        services.AddHostedService<IndexStartup<TDatabase>>();
        if (services.AddSettings<SampleOptions>(configuration) is { Folder.Length: > 0 })
            services.AddHostedService<SampleData<TDatabase>>();
        services.AddSingleton<MessagePipeline<TDatabase>>();
        services.AddSingleton<BusPipeline<TDatabase>>();
        services.AddSingleton<MessageIntake<TDatabase>>();
        services.AddSingleton<ProcessMessage<TDatabase>>();
        services.AddSingleton<AccessLog<TDatabase>>();
        services.AddSingleton<SearchAuditEvents<TDatabase>>();
        services.AddSingleton<ResourceReads<TDatabase>>();
        services.AddSingleton<ResourceWrites<TDatabase>>();
        services.AddSingleton<ProcessBundle<TDatabase>>();
        services.TryAddSingleton<CheckedWrites>();
        services.AddSingleton<TimerRunner<TDatabase>>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerRunner<TDatabase>>());
        services.AddHostedService<OutboxDispatcher<TDatabase>>();
        services.AddHostedService<InboxRecovery<TDatabase>>();
        services.TryAddSingleton<SoloGate>();
        services.AddSingleton(provider => new BusQueues([.. definition.Consumers.Select(consumer => new BusQueue(
            consumer.Kind, consumer.Queue, (body, cancel) => provider.GetRequiredService<BusPipeline<TDatabase>>()
                .Receive(body, consumer.Kind, cancel)))]));
        foreach (var handler in definition.Messages.Select(message => message.Handler)
            .Concat(definition.Consumers.Select(consumer => consumer.Handler))
            .Concat(definition.Timers.Select(timer => timer.Handler))
            .Concat(definition.Types.Select(type => type.Rule?.Rule).OfType<Type>()))
            services.TryAddSingleton(handler);
        return services;
    }

    /// <summary>Maps a service's FHIR base.</summary>
    public static RouteGroupBuilder MapFhirService<TDatabase>(
        this WebApplication app, ServiceDefinition<TDatabase> definition) where TDatabase : ServiceDatabase
    {
        var started = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var group = app.MapGroup(definition.Path);
        group.AddEndpointFilter(async (context, next) =>
            FhirHttp.CheckAccept(context.HttpContext.Request) is { } refusal
                ? new RefusalResult(refusal)
                : await next(context));
        group.MapGet("/metadata", (HttpContext context) => FhirHttp.Write(
            context.Response, 200,
            FhirJson.Write(CapabilityMaker.Make(
                definition, FhirHttp.BaseUrl(context.Request, definition.Path), started)),
            context.RequestAborted));
        group.MapPost("/$process-message", Known((ProcessMessage<TDatabase> process, HttpContext context, Access access) =>
            process.Handle(context, access)));
        group.MapPost("", Known((ProcessBundle<TDatabase> process, HttpContext context, Access access) =>
            process.Handle(context, access)));
        group.MapGet("/AuditEvent", Known((SearchAuditEvents<TDatabase> search, HttpContext context, Access access) =>
            search.Handle(context, access)));
        group.AddEndpointFilter(CallOf<TDatabase>);
        foreach (var type in definition.Types) MapType<TDatabase>(group, type);
        foreach (var type in ModelInfo.ResourceTypes)
            group.MapPost($"/{type}/$validate", (HttpContext context) => Validate.Handle(context, type));
        GuideReads.Map(group, definition.Path);
        return group;
    }

    private static void MapType<TDatabase>(RouteGroupBuilder group, ServedType type) where TDatabase : ServiceDatabase
    {
        var name = type.Type;
        group.MapGet($"/{name}/{{id}}", Known((ResourceReads<TDatabase> reads, HttpContext context, Access access) =>
            reads.Read(context, access, name, Route(context, "id"))));
        group.MapGet($"/{name}/{{id}}/_history", Known(
            (ResourceReads<TDatabase> reads, HttpContext context, Access access) =>
                reads.History(context, access, name, Route(context, "id"))));
        group.MapGet($"/{name}/{{id}}/_history/{{version}}", Known(
            (ResourceReads<TDatabase> reads, HttpContext context, Access access) =>
                reads.ReadVersion(context, access, name, Route(context, "id"), Route(context, "version"))));
        var search = Known((ResourceReads<TDatabase> reads, HttpContext context, Access access) =>
            reads.Search(context, access, name));
        group.MapGet($"/{name}", search);
        group.MapPost($"/{name}/_search", search);
        if (type.Rule is null) return;
        group.MapPost($"/{name}", Known((ResourceWrites<TDatabase> writes, HttpContext context, Access access) =>
            writes.Create(context, access, type)));
        group.MapPut($"/{name}/{{id}}", Known((ResourceWrites<TDatabase> writes, HttpContext context, Access access) =>
            writes.Update(context, access, type, Route(context, "id"))));
    }

    // Operations of a service's own show what they find by themselves: that they were called is on record before.
    private static async ValueTask<object?> CallOf<TDatabase>(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next) where TDatabase : ServiceDatabase
    {
        var http = context.HttpContext;
        if ((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Split('/') is [.., var before, ['$', ..] name]
            && name is not ("$process-message" or "$validate") && FhirHttp.AccessOf(http.Request) is { } access)
        {
            var path = http.Request.Path.Value!.Split('/');
            var (type, id) = before == "{id}" ? (path[^3], path[^2]) : (null, null);
            await http.RequestServices.GetRequiredService<AccessLog<TDatabase>>()
                .Called(access, http.Request, name, type, id);
        }

        return await next(context);
    }

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    // Whoever does not come through the gateway is nobody.
    private static RequestDelegate Known<T>(Func<T, HttpContext, Access, Task> handle) where T : notnull => context =>
        FhirHttp.AccessOf(context.Request) is { } access
            ? handle(context.RequestServices.GetRequiredService<T>(), context, access)
            : FhirHttp.Refuse(context.Response, Refusal.Unknown, context.RequestAborted);
}

/// <summary>A refusal as the result of an endpoint.</summary>
internal sealed class RefusalResult(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        FhirHttp.Refuse(httpContext.Response, refusal, httpContext.RequestAborted);
}
