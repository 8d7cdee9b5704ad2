using TestServers;

namespace RegionHandoff.Tests;

/// <summary>
/// An account of a region as deploy/region-account.sh makes it, and a user of RegionHandoff's with no rights but those
/// that come of it.
/// </summary>
internal sealed class RegionAccount : IAsyncDisposable
{
    private static readonly string Root = FindRoot();

    private readonly string code;
    private readonly string prefix;

    private RegionAccount(string code, string prefix) => (this.code, this.prefix) = (code, prefix);

    public string User { get; } = $"region-{Guid.CreateVersion7():n}";

    public string Ours { get; } = $"handoff-{Guid.CreateVersion7():n}";

    public string Password { get; } = Guid.CreateVersion7().ToString("n");

    /// <summary>Settings of the service that goes by these rights.</summary>
    public (string, string)[] Settings => [("Delivery:Amqp:User", Ours), ("Delivery:Amqp:Password", Password)];

    public string Url => $"amqp://{User}:{Password}@{Environment.GetEnvironmentVariable("OMH_TEST_RABBIT")}/{prefix}{code}";

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static async Task<RegionAccount> Make(TestBackend backend, string code)
    {
        var account = new RegionAccount(code, backend.RegionPrefix);
        await TestBackend.Administer("add_user", account.Ours, account.Password);
        await account.RunScript(("REGION_PASSWORD", account.Password));
        return account;
    }

    /// <summary>Runs the script for this account and gives what it prints.</summary>
    public Task<string> RunScript(params IEnumerable<(string, string)> environment) => Commands.Run(
        [Path("deploy", "region-account.sh"), code, User],
        [
            ("REGION_HANDOFF_USER", Ours), ("REGION_PREFIX", prefix),
            ("RABBITMQCTL", Environment.GetEnvironmentVariable("OMH_TEST_RABBITMQCTL")!), .. environment,
        ]);

    public async ValueTask DisposeAsync()
    {
        await TestBackend.Administer("delete_user", User);
        await TestBackend.Administer("delete_user", Ours);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "OccupationalMentalHealth.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
