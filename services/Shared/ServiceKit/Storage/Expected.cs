namespace ServiceKit.Storage;

/// <summary>The answer to a question that is likely to be asked; it comes along with that to another.</summary>
public sealed class Expected<T>
{
    /// <summary>The rows; null until they have come.</summary>
    internal IReadOnlyList<T>? Rows { get; set; }
}
