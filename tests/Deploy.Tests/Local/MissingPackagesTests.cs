using TestServers;

namespace Deploy.Tests.Local;

/// <summary>A machine without the servers' packages is told what is missing, rather than left without a word.</summary>
public sealed class MissingPackagesTests
{
    [Fact]
    public async Task Where_no_package_is_installed_they_are_named()
    {
        var result = await Shell.Bash(
            "set -euo pipefail; . deploy/servers.sh; "
            + "postgres_bin=$(newest /nowhere bin); rabbit_sbin=$(newest /nowhere sbin); missing_packages");
        Assert.Equal((0, "postgresql\nrabbitmq-server"), (result.Code, result.Output));
    }
}
