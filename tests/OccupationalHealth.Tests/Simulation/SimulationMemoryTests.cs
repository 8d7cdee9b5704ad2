using System.IO.Pipelines;
using OccupationalHealth.Simulation;

namespace OccupationalHealth.Tests.Simulation;

/// <summary>Alone, since what other tests hold would be counted too.</summary>
[CollectionDefinition(nameof(SimulationMemoryTests), DisableParallelization = true)]
[Collection(nameof(SimulationMemoryTests))]
public sealed class SimulationMemoryTests
{
    /// <summary>Bytes that live after 4,096 cases and after ten times as many.</summary>
    [Fact]
    public async Task What_is_held_does_not_grow_with_the_number_of_cases()
    {
        const int cases = 4096;
        List<long> live = [];
        await RunSimulation.Of(
            PipeReader.Create(new Repeated(await SimulationProperties.Made(cases, seed: 5), 11)), null,
            CancellationToken.None, _ => live.Add(GC.GetTotalMemory(forceFullCollection: true)));

        Assert.True(live.Count >= 10, $"{live.Count} measured");
        Assert.InRange(live[9] - live[0], long.MinValue, 1_000_000);
    }

    /// <summary>A scenario, and the same cases again and again, never all at once.</summary>
    private sealed class Repeated(byte[] made, int times) : Stream
    {
        private readonly int head = Array.IndexOf(made, (byte)'\n') + 1;
        private long position;

        private long All => head + ((long)(made.Length - head) * times);

        public override int Read(byte[] buffer, int offset, int count)
        {
            var from = position < head ? position : head + ((position - head) % (made.Length - head));
            var some = (int)Math.Min(Math.Min(count, made.Length - from), All - position);
            Array.Copy(made, from, buffer, offset, some);
            position += some;
            return some;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => All;
        public override long Position { get => position; set => throw new NotSupportedException(); }
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
