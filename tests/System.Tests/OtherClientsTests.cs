using TestServers;

namespace System.Tests;

/// <summary>Clients that others wrote work against the gateway unchanged: what they do stands in tests/clients.</summary>
public sealed class OtherClientsTests
{
    [Theory]
    [InlineData("fhir-kit-client", 13)]
    [InlineData("fhirclient", 11)]
    [InlineData("medplum", 11)]
    public Task A_client_of_others_creates_reads_searches_updates_and_transacts(string client, int steps) =>
        Runs(client, steps);

    [Fact]
    public Task Medplum_finds_no_fault_in_anything_that_the_system_gives_out() => Runs("medplum-validate", 8);

    private static async Task Runs(string client, int steps)
    {
        await using var box = await RunningBox.Start();
        var result = await Shell.Run(["node", $"tests/clients/{client}.mjs", box.Client.Address]);
        Assert.True(result.Code == 0, $"{result.Output}\n{result.Errors}");
        Assert.Equal(steps, result.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }
}
