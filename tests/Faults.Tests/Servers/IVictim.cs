namespace Faults.Tests.Servers;

/// <summary>Something that runs on its own, can be killed, and comes back on what it left.</summary>
internal interface IVictim
{
    string Name { get; }

    /// <summary>kill -9; returns when it is gone.</summary>
    Task Kill();

    /// <summary>Starts it again; returns when it is ready for work.</summary>
    Task Revive();
}
