using System.IO.Pipelines;
using System.Text;
using OccupationalHealth.Simulation;

namespace OccupationalHealth.Tests.Simulation;

/// <summary>Scenarios and cases as a planner would write them.</summary>
internal static class Given
{
    /// <summary>Two contracts of one employer, one wider; Kanta-Häme with a wait, and with capacity.</summary>
    public const string Scenario =
        """
        {"from":"2026-01-01","until":"2026-12-31","contracts":{"now":[{"id":"c","employer":"e","provider":"p","scope":"preventive","from":"2025-01-01"}],"wider":[{"id":"c","employer":"e","provider":"p","scope":"preventive-and-medical-care","from":"2025-01-01","methods":[{"code":"klt","quota":8}]}]},"catalogues":{"now":[{"id":"u","place":"region-primary-care","region":"07","capacity":"waiting-list","waitingDays":120}],"more":[{"id":"u","place":"region-primary-care","region":"07"}]}}
        """;

    public const string Moderate =
        """{"asOf":"2026-03-02","severity":"moderate","disorder":true,"methodAskedFor":"klt","age":40,"region":"07","employers":["e"]}""";

    public const string Emergency = """{"asOf":"2026-04-02","emergency":true,"region":"07","employers":["e"]}""";

    public static string Lines(params IEnumerable<string> lines) => string.Join('\n', lines);

    public static IEnumerable<string> Times(int count, string line) => Enumerable.Repeat(line, count);

    public static async Task<Simulated> Run(string text) => Assert.IsType<Simulated>(
        (await RunSimulation.Of(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text))), null,
            CancellationToken.None)).Result);

    public static async Task<string> Faults(string text) => string.Join(';', (await RunSimulation.Of(
            PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text))), null, CancellationToken.None)).Faults
        .Select(fault => $"{fault.Code.ToString()!.ToLowerInvariant()} {fault.Expression}"));
}
