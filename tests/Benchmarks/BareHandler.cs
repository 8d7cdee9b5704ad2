using System.Text.Json.Nodes;
using Fhir.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;
using ServiceKit.Storage;

namespace Benchmarks;

/// <summary>
/// What Kestrel and Npgsql can do at the best: a resource is parsed as a JsonNode, given an id, and stored with as many
/// index rows as the FHIR base stores for it, in one round trip. Nothing is checked, nobody is asked who he is.
/// </summary>
internal sealed class BareHandler : IAsyncDisposable
{
    private const string InsertIndex =
        """
        insert into search_index (type, id, param, key, at, system, value, original, low, high)
        select * from unnest(@type, @id, @param, @key, @at, @system, @value, @original, @low, @high)
        """;

    private readonly NpgsqlDataSource database;
    private readonly Dictionary<string, IReadOnlyList<IndexRow>> rows;

    private BareHandler(NpgsqlDataSource database)
    {
        this.database = database;
        var keys = new IndexKeys("1", new byte[32]);
        rows = Sample.Transaction(0).Entry.Select(entry => entry.Resource!)
            .Select(resource => (resource.TypeName, Rows: IndexExtractor.Extract(resource, keys)))
            .DistinctBy(pair => pair.TypeName).ToDictionary(pair => pair.TypeName, pair => pair.Rows);
    }

    public static async Task<BareHandler> Map(WebApplication app, string connection)
    {
        var handler = new BareHandler(NpgsqlDataSource.Create(connection + ";Max Auto Prepare=20"));
        await handler.CreateTables();
        app.MapPost(Served.Bare + "/{type}", handler.Create);
        app.MapPost(Served.Bare, handler.Transaction);
        app.MapGet(Served.Bare + "/{type}/{id}", handler.Read);
        return handler;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task CreateTables()
    {
        await using var command = database.CreateCommand(
            """
            create table resource (type text not null, id text not null, version bigint not null, body bytea not null,
                primary key (type, id));
            create table search_index (type text not null, id text not null, param text not null, key bigint, at bigint,
                system text, value text, original text, low bigint, high bigint);
            create index on search_index (key, at, id) where key is not null;
            create index on search_index (type, param, value) where key is null and value is not null;
            create index on search_index (type, param, low) where low is not null;
            create index on search_index (type, id);
            """);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Create(HttpContext context, string type)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var stored = Stored(body!);
        await Store([(type, body!["id"]!.GetValue<string>(), stored)]);
        context.Response.StatusCode = 201;
        await Answer(context, stored);
    }

    private async Task Transaction(HttpContext context)
    {
        var bundle = await JsonNode.ParseAsync(context.Request.Body);
        var all = bundle!["entry"]!.AsArray().Select(entry => entry!["resource"]!)
            .Select(resource => (Type: resource["resourceType"]!.GetValue<string>(), Bytes: Stored(resource),
                Id: resource["id"]!.GetValue<string>())).ToList();
        await Store([.. all.Select(one => (one.Type, one.Id, one.Bytes))]);
        await Answer(context, System.Text.Encoding.UTF8.GetBytes(bundle.ToJsonString()));
    }

    private async Task Read(HttpContext context, string type, string id)
    {
        await using var command = database.CreateCommand("select body from resource where type = $1 and id = $2");
        command.Parameters.AddWithValue(type);
        command.Parameters.AddWithValue(id);
        await Answer(context, (byte[])(await command.ExecuteScalarAsync())!);
    }

    private static byte[] Stored(JsonNode resource)
    {
        resource["id"] = Guid.CreateVersion7().ToString();
        return System.Text.Encoding.UTF8.GetBytes(resource.ToJsonString());
    }

    private async Task Store(IReadOnlyList<(string Type, string Id, byte[] Bytes)> resources)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (type, id, bytes) in resources)
        {
            var insert = new NpgsqlBatchCommand("insert into resource (type, id, version, body) values ($1, $2, 1, $3)");
            insert.Parameters.AddWithValue(type);
            insert.Parameters.AddWithValue(id);
            insert.Parameters.AddWithValue(bytes);
            batch.BatchCommands.Add(insert);
        }

        batch.BatchCommands.Add(Index(resources));
        await batch.ExecuteNonQueryAsync();
    }

    private NpgsqlBatchCommand Index(IReadOnlyList<(string Type, string Id, byte[] Bytes)> resources)
    {
        var all = resources.SelectMany(one => rows[one.Type].Select(row => (one.Type, one.Id, Row: row))).ToList();
        var command = new NpgsqlBatchCommand(InsertIndex);
        void Texts(string name, IEnumerable<string?> values) =>
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = values.ToArray() });
        void Numbers(string name, IEnumerable<long?> values) =>
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = values.ToArray() });
        Texts("type", all.Select(one => one.Type));
        Texts("id", all.Select(one => one.Id));
        Texts("param", all.Select(one => one.Row.Param));
        Numbers("key", all.Select(one => one.Row.Key));
        Numbers("at", all.Select(_ => (long?)Stopwatch.GetTimestamp()));
        Texts("system", all.Select(one => one.Row.System));
        Texts("value", all.Select(one => one.Row.Value));
        Texts("original", all.Select(one => one.Row.Original));
        Numbers("low", all.Select(one => one.Row.Low));
        Numbers("high", all.Select(one => one.Row.High));
        return command;
    }

    private static Task Answer(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/fhir+json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
