using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Messages;
using Npgsql;
using Xunit.Abstractions;

namespace Load;

/// <summary>
/// Measures whole journeys beside what database, broker and bus can do at the best, in turn and on the same servers:
/// <c>dotnet run -c Release --project tests/Load [JOURNEYS] [AT ONCE] [ROUNDS]</c>; with <c>place</c> in front, what a
/// placement that is only tried costs beside a GET of one resource.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] arguments)
    {
        var isPlace = arguments is ["place", ..];
        var args = isPlace ? arguments[1..] : arguments;
        int Argument(int place, int otherwise) =>
            args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
        var (count, atOnce, rounds) = (Argument(0, 2000), Argument(1, 16), Argument(2, 3));
        // What one caller may use is not what is measured.
        Environment.SetEnvironmentVariable("Gateway__RateLimit__RequestsPerSecond", "100000");
        var servers = new RealServers();
        await servers.InitializeAsync();
        try
        {
            await using var system = await RunningSystem.Start(servers, new ConsoleOutput());
            using var sender = new PatientSender(system.Addresses);
            await using var county = await LightCounty.Open(sender, system.Addresses[0]);
            await using var database = LeastRows.Database(system.Backend, ServiceNames.OccupationalHealth);
            var roots = new Dictionary<string, int>
            {
                ["this process"] = Environment.ProcessId, ["PostgreSQL"] = servers.ProcessOf("postgres"),
                ["RabbitMQ"] = servers.ProcessOf("rabbit"),
            };
            // The others are children of this process; counted apart, so that it shows where time goes.
            foreach (var process in system.All) roots[process.Name] = process.Id;
            var meter = new CpuMeter(roots);
            if (isPlace)
            {
                await PlaceCost.Run(system.Addresses[0], meter, count, atOnce, rounds);
                return;
            }

            var first = await WarmUp.Run(async round => await Journey(database, sender, round * 300, 300, atOnce, null)) * 300;
            await using var region = LeastRows.Database(system.Backend, ServiceNames.RegionHandoff);
            var rows = new JourneyRows(database, region);
            await rows.TakeFrom(() => Journey(database, sender, first++, 1, 1, null));
            Console.WriteLine($"rows of a journey: {rows}");
            for (var round = 0; round < rounds; round++)
            {
                var backend = await servers.NewBackend();
                await using var least = await LeastRows.In(backend);
                var roofline = await Roofline.Run(backend, least, meter, count, atOnce);
                Show("roofline", roofline);
                var sameRows = await Roofline.Run(await servers.NewBackend(), rows, meter, count, atOnce);
                Show("roofline with the rows of a journey", sameRows);
                var journeys = await Journey(database, sender, first + round * count, count, atOnce, meter);
                Show("journeys", journeys);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"journeys / roofline: {journeys.PerSecond / roofline.PerSecond:P0} of the rate, "
                    + $"{journeys.Cpu / roofline.Cpu:0.0} x the processor time; with the same rows "
                    + $"{journeys.PerSecond / sameRows.PerSecond:P0}, {journeys.Cpu / sameRows.Cpu:0.0} x"));
            }
        }
        finally
        {
            await servers.DisposeAsync();
        }
    }

    private static async Task<Measured> Journey(
        NpgsqlDataSource database, PatientSender sender, int first, int count, int atOnce, CpuMeter? meter)
    {
        var journeys = new Journeys(sender, database, first);
        using var end = new CancellationTokenSource();
        var watch = journeys.Watch(end.Token);
        var measured = await Measured.Many(count, atOnce, journeys.One, meter);
        await end.CancelAsync();
        await watch;
        return measured;
    }

    private sealed class ConsoleOutput : ITestOutputHelper
    {
        public void WriteLine(string message) => Console.WriteLine(message);

        public void WriteLine(string format, params object[] args) =>
            Console.WriteLine(string.Format(CultureInfo.InvariantCulture, format, args));
    }

    private static void Show(string name, Measured measured)
    {
        var families = string.Join(", ", measured.CpuMilliseconds.Where(family => family.Value >= 0.05)
            .Select(family => string.Create(CultureInfo.InvariantCulture, $"{family.Key} {family.Value:0.0}")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {measured.PerSecond:0}/s, p50 {measured.P50.TotalMilliseconds:0} ms, "
            + $"p99 {measured.P99.TotalMilliseconds:0} ms, {measured.Cpu:0.0} ms of processor time each: {families}"));
    }
}
