using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Fhir;
using Fhir.Json;
using Load;
using Messages;
using Npgsql;
using TestServers;

namespace Benchmarks;

/// <summary>Create, read, transaction and search through HTTP, ours and bare in turn, with many resources stored.</summary>
internal static class HttpBenchmarks
{
    private const int AtOnce = 16, Rounds = 3;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(2) };

    public static async Task<int> Run(int resources)
    {
        if (!TestBackend.OnServers)
        {
            Console.Error.WriteLine("""Start the servers first: eval "$(tests/servers.sh start FOLDER)".""");
            return 2;
        }

        await using var backend = await TestBackend.Create();
        using var server = Start(backend.Settings["Storage:PostgreSql"]);
        var address = (await server.StandardOutput.ReadLineAsync())!;
        try
        {
            Http.BaseAddress = new Uri(address);
            Http.DefaultRequestHeaders.Add("omh-organisation", "local");
            Http.DefaultRequestHeaders.Add("omh-tenant", "local");
            await Measure(resources, backend.Settings["Storage:PostgreSql"].Replace(
                "{service}", ServiceNames.IpsCoaching, StringComparison.Ordinal));
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }

        return 0;
    }

    private static async Task Measure(int resources, string database)
    {
        await Fill(0, 1000);
        await Analyze(database);
        var few = await Searches("1,000 stored");
        await Fill(1000, resources);
        await Analyze(database);
        var many = await Searches($"{resources:N0} stored");
        foreach (var (name, time) in many)
            Console.WriteLine(Invariant($"  {name}: {time / few[name]:0.0} x that with 1,000"));

        var task = Bytes(Sample.Task("p1", 7));
        var transaction = Bytes(Sample.Transaction(1));
        var (ours, bare) = (await Created(Served.Base + "/Task", task), await Created(Served.Bare + "/Task", task));
        for (var round = 0; round < Rounds; round++)
        {
            await Beside("create", 4000, path => Post(path + "/Task", task));
            await Beside("transaction", 1500, path => Post(path, transaction));
            await Beside("GET", 10_000, path => Get($"{path}/Task/{(path == Served.Base ? ours : bare)}"));
            var get = await Measured.Many(5000, AtOnce, _ => Get($"{Served.Base}/Task/{ours}"));
            var search = await Measured.Many(1000, AtOnce, number =>
                Get($"{Served.Base}/Task?patient=Patient/p{number % 50}&_count=20"));
            Console.WriteLine(Invariant(
                $"search with 20 hits: {search.PerSecond:0}/s, {get.PerSecond / search.PerSecond:0.0} x a GET"));
        }
    }

    // As PostgreSQL does by itself within a minute.
    private static async Task Analyze(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("analyze");
        await command.ExecuteNonQueryAsync();
    }

    // Twenty Tasks for each person at least, so that a search for one has a full page.
    private static async Task Fill(int from, int to)
    {
        var count = Math.Max(1, to / 1000);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (to - from) / 100), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (part, _) =>
            {
                var bundle = new Bundle { Type = BundleType.Transaction };
                for (var i = from + part * 100; i < from + part * 100 + 100; i++)
                    bundle.Entry.Add(new Bundle.EntryComponent
                    {
                        Resource = Sample.Task($"p{i % (50 * count)}", i),
                        Request = new Bundle.RequestComponent { Method = HTTPVerb.POST, Url = "Task" },
                    });
                await Post(Served.Base, Bytes(bundle), "return=minimal");
            });
    }

    private static async Task<Dictionary<string, double>> Searches(string title)
    {
        Console.WriteLine(title);
        var found = new Dictionary<string, double>();
        foreach (var (name, query) in (Func<int, string>[])
            [
                n => $"patient=Patient/p{n % 50}&_count=20", n => $"identifier=http://example.org/tasks|p{n % 50}-{n % 50}",
                n => $"status=requested&_count=20", n => $"code=http://example.org/codes|code-{n % 20}&_count=20",
                n => $"owner=Organization/o{n % 40}&status=requested&_count=20", n => "modified=ge2026-01-01&_count=20",
            ] is var queries ? queries.Select(make => (make(0).Split('=')[0], make)) : [])
        {
            await Measured.Many(50, 4, n => Get($"{Served.Base}/Task?{query(n)}"));
            var measured = await Measured.Many(300, 4, n => Get($"{Served.Base}/Task?{query(n)}"));
            found[name] = measured.P50.TotalMilliseconds;
            Console.WriteLine(Invariant($"  by {name}: p50 {measured.P50.TotalMilliseconds:0.0} ms, p99 {measured.P99.TotalMilliseconds:0.0} ms"));
        }

        return found;
    }

    private static async Task Beside(string name, int count, Func<string, Task> one)
    {
        var bare = await Measured.Many(count, AtOnce, _ => one(Served.Bare));
        var ours = await Measured.Many(count, AtOnce, _ => one(Served.Base));
        Console.WriteLine(Invariant(
            $"{name}: {ours.PerSecond:0}/s beside {bare.PerSecond:0}/s bare, {ours.PerSecond / bare.PerSecond:P0}"));
    }

    private static async Task<string> Created(string path, byte[] body)
    {
        using var response = await Send(path, body, null);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task Post(string path, byte[] body, string? prefer = null) =>
        (await Send(path, body, prefer)).Dispose();

    private static async Task<HttpResponseMessage> Send(string path, byte[] body, string? prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        var response = await Http.SendAsync(request);
        return response.EnsureSuccessStatusCode();
    }

    private static async Task Get(string path)
    {
        using var response = await Http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static byte[] Bytes(Resource resource) => FhirJson.Write(resource);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Process Start(string database)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HttpBenchmarks).Assembly.Location, "serve", database])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
