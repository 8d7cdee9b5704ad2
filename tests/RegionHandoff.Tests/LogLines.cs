using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RegionHandoff.Tests;

/// <summary>What the service logged, and when.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(TimeSpan At, string Text)> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        All.Enqueue((TimeSpan.FromMilliseconds(Environment.TickCount64), $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
