using System.Collections.Concurrent;
using Fhir;
using Fhir.Json;
using Fhir.Validation;
using Messages.Guide;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceKit.Storage;

namespace TestServers;

/// <summary>
/// Everything that services in a test give out is right: what they answer, store and send keeps R4's rules, the profiles
/// that it claims and, where a test runs services of the product, those that the guide has for its kind. What is not
/// fails the test when its services end.
/// </summary>
public sealed class GivenOut(bool keepsGuide = true) : IStartupFilter
{
    private readonly ConcurrentDictionary<string, string?> faults = new(StringComparer.Ordinal);

    /// <summary>Looks at every answer of the services of this host.</summary>
    public static GivenOut Watch(IServiceCollection services, bool keepsGuide = true)
    {
        var watching = new GivenOut(keepsGuide);
        services.AddSingleton<IStartupFilter>(watching);
        return watching;
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext context, RequestDelegate rest) =>
        {
            using var copy = new CopyingStream(context.Response.Body);
            context.Response.Body = copy;
            await rest(context);
            if (context.Response.ContentType?.StartsWith("application/fhir+json", StringComparison.Ordinal) == true)
                Check($"{context.Request.Method} {context.Request.Path} answered", copy.Copied);
        });
        next(app);
    };

    /// <summary>Fails with every fault of what was answered until now and of what the databases hold.</summary>
    public async Task IsRight(params IEnumerable<ServiceDatabase> databases)
    {
        foreach (var database in databases)
        {
            foreach (var (where, sql) in Rows)
            {
                var rows = await database.Read(session => session.Query<Row>(sql), CancellationToken.None);
                foreach (var row in rows)
                    Check($"{database.GetType().Name} {where}", database.Bodies.Decode(row.Body, row.KeyId));
            }
        }

        if (!faults.IsEmpty)
            throw new InvalidOperationException(string.Join(
                '\n', faults.Select(fault => $"{fault.Key} ({fault.Value})").Order(StringComparer.Ordinal)));
    }

    private static readonly (string Where, string Sql)[] Rows =
    [
        ("stored", "select body, key_id as KeyId from resource_version"),
        ("sent", "select body, key_id as KeyId from outbox"),
        ("answered", "select answer as Body, answer_key_id as KeyId from inbox where answer is not null"),
    ];

    private void Check(string where, byte[] json)
    {
        var read = FhirJson.Read(json);
        foreach (var issue in read.Issues.Where(issue => issue.IsError)) Add(where, read.Resource, issue);
        if (read.Resource is { } resource)
        {
            foreach (var issue in ResourceValidator.Validate(resource, new ValidationOptions
            {
                Registry = GuideContent.Registry, Warnings = false, Profiles = keepsGuide ? [.. GuideContent.ProfilesOf(resource)] : [],
            }))
                Add(where, resource, issue);
        }
    }

    private void Add(string where, Resource? resource, FhirIssue issue) =>
        faults.TryAdd($"{where} {resource?.TypeName}: {issue.Expression} {issue.Message}", resource?.Id);

    private sealed class Row
    {
        public byte[] Body { get; init; } = [];

        public string KeyId { get; init; } = "";
    }
}
