namespace ServiceKit.Storage;

/// <summary>A change that was queued. What it did is known once it was sent, at the latest after the commit.</summary>
public sealed class Queued
{
    private (int Rows, long? First)? outcome;

    /// <summary>Whether it was sent already.</summary>
    public bool IsSent => outcome is not null;

    /// <summary>How many rows it touched.</summary>
    public int Rows => Outcome.Rows;

    /// <summary>The number in the first row that it returned; null when it returned none.</summary>
    public long? First => Outcome.First;

    private (int Rows, long? First) Outcome =>
        outcome ?? throw new InvalidOperationException("This change has not been sent yet.");

    internal void Sent(int rows, long? first) => outcome = (rows, first);
}
