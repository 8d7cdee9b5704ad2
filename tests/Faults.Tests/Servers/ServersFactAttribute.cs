namespace Faults.Tests.Servers;

/// <summary>A test that needs real servers; skipped where <c>tests/servers.sh install</c> has not been run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServersFactAttribute : FactAttribute
{
    public ServersFactAttribute()
    {
        if (!RealServers.Installed) Skip = "PostgreSQL and RabbitMQ are missing: run tests/servers.sh install.";
    }
}

/// <summary>One pair of servers for all tests, which run one after the other: they kill what others would need.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServersCollection : ICollectionFixture<RealServers>
{
    public const string Name = "servers";
}
