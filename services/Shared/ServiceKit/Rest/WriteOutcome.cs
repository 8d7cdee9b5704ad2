using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What came of a create or update.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>Stored as version 1.</summary>
    public sealed record Created(Resource Resource) : WriteOutcome;

    /// <summary>Stored as the version behind the one before.</summary>
    public sealed record Updated(Resource Resource) : WriteOutcome;

    /// <summary>It is there already; nothing was stored.</summary>
    public sealed record Existing(StoredResource Stored) : WriteOutcome;

    /// <summary>What was written so far in the transaction has to be abandoned.</summary>
    public sealed record Refused(Refusal Refusal) : WriteOutcome;
}
