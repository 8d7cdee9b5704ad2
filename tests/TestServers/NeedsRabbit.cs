using Xunit;

namespace TestServers;

/// <summary>A test of what only a broker does. Without one it is skipped, and counted as that.</summary>
public sealed class FactOnRabbitAttribute : FactAttribute
{
    public FactOnRabbitAttribute() => Skip = TestBackend.OnServers ? null : NeedsRabbit.Reason;
}

/// <summary>The same with a table of cases.</summary>
public sealed class TheoryOnRabbitAttribute : TheoryAttribute
{
    public TheoryOnRabbitAttribute() => Skip = TestBackend.OnServers ? null : NeedsRabbit.Reason;
}

internal static class NeedsRabbit
{
    public const string Reason = "needs RabbitMQ";
}
