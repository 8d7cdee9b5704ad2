using Xunit.Abstractions;

namespace Faults.Tests;

/// <summary>What was measured: in the test's output, and as a row of the Markdown table that OMH_FAULTS_RECORD names.</summary>
internal static class Figures
{
    public static void Write(ITestOutputHelper output, string test, string figures)
    {
        output.WriteLine($"{test}: {figures}");
        if (Environment.GetEnvironmentVariable("OMH_FAULTS_RECORD") is not { Length: > 0 } file) return;
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        File.AppendAllText(file, $"| {now} | {test} | {figures} |\n");
    }

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
