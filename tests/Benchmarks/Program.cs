namespace Benchmarks;

/// <summary>
/// Measures the FHIR library beside System.Text.Json (<c>json</c>), and a FHIR base on PostgreSQL beside a bare handler
/// that stores the same bytes and index rows (<c>http</c>, with the environment of tests/servers.sh), and a simulation beside
/// parsing of the same lines (<c>simulate</c>): <c>dotnet run -c Release --project tests/Benchmarks json|http|simulate</c>.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["json", .. var rest] => Task.FromResult(JsonBenchmarks.Run(rest is [var rounds] ? Number(rounds) : 40)),
        ["http", .. var rest] => HttpBenchmarks.Run(rest is [var stored] ? Number(stored) : 100_000),
        ["simulate", .. var rest] => SimulationBenchmarks.Run(rest is [var cases] ? Number(cases) : 1_000_000),
        ["serve", var database] => Served.Run(database),
        _ => Task.FromResult(Usage()),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Usage()
    {
        Console.Error.WriteLine("Benchmarks json [ROUNDS] | http [RESOURCES] | simulate [CASES]");
        return 2;
    }
}
