using System.Buffers;
using System.IO.Pipelines;

namespace OccupationalHealth.Simulation;

/// <summary>Lines of a stream, one after the other, of which no more than one is ever held.</summary>
internal sealed class Lines(PipeReader source)
{
    /// <summary>The longest line: a scenario with its contracts and catalogues.</summary>
    public const int MostBytes = 4_000_000;

    public delegate void Handler(ReadOnlySpan<byte> line, long number);

    private long number;

    /// <summary>Bytes that have been read so far.</summary>
    public long Read { get; private set; }

    /// <summary>The first line; null where there is none.</summary>
    public async Task<byte[]?> First(CancellationToken cancel)
    {
        byte[]? first = null;
        await Until(line =>
        {
            number++;
            first = line.StartsWith("\uFEFF"u8) ? line[3..].ToArray() : line.ToArray();
            return true;
        }, cancel);
        return first;
    }

    /// <summary>All that follow, with their numbers; empty ones are left out.</summary>
    public Task Rest(Handler handle, CancellationToken cancel) => Until(line =>
    {
        number++;
        if (line.Length > 0) handle(line, number);
        return false;
    }, cancel);

    private delegate bool Taker(ReadOnlySpan<byte> line);

    private async Task Until(Taker isEnough, CancellationToken cancel)
    {
        while (true)
        {
            var result = await source.ReadAsync(cancel);
            var (rest, isDone) = TakeAll(result.Buffer, result.IsCompleted, isEnough);
            Read += result.Buffer.Slice(0, rest.Start).Length;
            source.AdvanceTo(rest.Start, isDone ? rest.Start : rest.End);
            if (isDone || result.IsCompleted) return;
            if (rest.Length > MostBytes) throw new LineTooLongException(number + 1);
        }
    }

    private static (ReadOnlySequence<byte> Left, bool IsDone) TakeAll(
        ReadOnlySequence<byte> buffer, bool isLast, Taker isEnough)
    {
        while (true)
        {
            var (taken, isDone) = TakeWhole(buffer.FirstSpan, isEnough);
            buffer = buffer.Slice(taken);
            if (isDone) return (buffer, true);
            // The next goes on in another piece of the buffer, if it ends at all.
            if (buffer.IsSingleSegment || buffer.PositionOf((byte)'\n') is not { } end) break;
            var line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (Take(line, isEnough)) return (buffer, true);
        }

        if (!isLast || buffer.IsEmpty) return (buffer, false);
        return (buffer.Slice(buffer.End), Take(buffer, isEnough));
    }

    private static (int Bytes, bool IsDone) TakeWhole(ReadOnlySpan<byte> piece, Taker isEnough)
    {
        var taken = 0;
        while (piece[taken..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = piece.Slice(taken, length).TrimEnd((byte)'\r');
            taken += length + 1;
            if (isEnough(line)) return (taken, true);
        }

        return (taken, false);
    }

    private static bool Take(ReadOnlySequence<byte> line, Taker isEnough)
    {
        if (line.IsSingleSegment) return isEnough(line.FirstSpan.TrimEnd((byte)'\r'));
        var whole = ArrayPool<byte>.Shared.Rent((int)line.Length);
        line.CopyTo(whole);
        var isDone = isEnough(whole.AsSpan(0, (int)line.Length).TrimEnd((byte)'\r'));
        ArrayPool<byte>.Shared.Return(whole);
        return isDone;
    }
}

/// <summary>A line that cannot be held.</summary>
internal sealed class LineTooLongException(long line) : Exception
{
    public long Line => line;
}
