using System.Reflection;
using MassTransit;

namespace ServiceKit.Tests.Messaging;

/// <summary>A bus that loses the first messages that it is to publish: neither an error nor an end comes of them.</summary>
public class HangingBus : DispatchProxy
{
    private IBus real = null!;
    private int hang, published;

    /// <summary>How many messages it was to publish.</summary>
    public int Published => Volatile.Read(ref published);

    internal static IBus Of(IBus real, int hang, out HangingBus bus)
    {
        var proxy = Create<IBus, HangingBus>();
        bus = (HangingBus)(object)proxy;
        (bus.real, bus.hang) = (real, hang);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IBus.Publish) && Interlocked.Increment(ref published) <= hang
            ? new TaskCompletionSource().Task
            : targetMethod.Invoke(real, args);
}
