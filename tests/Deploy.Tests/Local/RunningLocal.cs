namespace Deploy.Tests.Local;

/// <summary>The system with two instances of each service, running while the tests of it do.</summary>
public sealed class RunningLocal : IAsyncLifetime
{
    public LocalSystem System { get; } = new(instances: 2);

    public async Task InitializeAsync()
    {
        var started = await System.Run("start");
        Assert.True(started.Code == 0, started.Output + started.Errors);
    }

    public Task DisposeAsync() => System.DisposeAsync().AsTask();
}

/// <summary>The tests that start the system or look at it, one after the other: it is started once for most of them.</summary>
[CollectionDefinition(Name)]
public sealed class LocalCollection : ICollectionFixture<RunningLocal>
{
    public const string Name = "local.sh";
}
