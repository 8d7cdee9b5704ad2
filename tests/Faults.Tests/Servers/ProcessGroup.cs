using System.Security.Cryptography;
using Xunit.Abstractions;

namespace Faults.Tests.Servers;

/// <summary>All that one test runs on one backend. It ends with the test, however that ends.</summary>
internal sealed class ProcessGroup(Backend backend, ITestOutputHelper output) : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("omh-faults-");
    private readonly List<ServiceProcess> processes = [];

    public Backend Backend => backend;

    public IReadOnlyList<ServiceProcess> All => processes;

    /// <summary>An instance of a service; instances of one service share the key of their search index.</summary>
    public ServiceProcess Service(string name, string program, params string[] settings)
    {
        var key = Path.Combine(folder.FullName, $"{program}.index-key");
        if (!File.Exists(key)) File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(32));
        return Add(name, program, "/health/ready", [.. backend.Settings, $"--Storage:IndexKeyFile={key}", .. settings]);
    }

    public ServiceProcess Gateway(string name, params string[] settings) =>
        Add(name, "Gateway.dll", "/health/live", settings);

    /// <summary>Starts them all; returns when each is ready.</summary>
    public Task Start() => Task.WhenAll(processes.Select(process => process.Revive()));

    /// <summary>Ends them all.</summary>
    public Task Stop() => Task.WhenAll(processes.Select(process => process.Kill()));

    public async ValueTask DisposeAsync()
    {
        await Stop();
        // Shown when the test has failed.
        foreach (var process in processes) output.WriteLine(process.LogTail());
        foreach (var process in processes) process.Dispose();
        folder.Delete(recursive: true);
    }

    private ServiceProcess Add(string name, string program, string readiness, string[] settings)
    {
        var process = new ServiceProcess(name, program, readiness, Path.Combine(folder.FullName, $"{name}.log"),
            ["--Logging:LogLevel:Default=Warning", .. settings]);
        processes.Add(process);
        return process;
    }
}
