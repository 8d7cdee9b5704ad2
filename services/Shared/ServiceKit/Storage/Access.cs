namespace ServiceKit.Storage;

/// <summary>
/// Who asks. Every call of the store takes one, and sees a resource when it belongs to <paramref name="Tenant"/> or
/// was shared with <paramref name="Organisation"/>; with <paramref name="OwnOnly"/> the latter alone.
/// </summary>
/// <param name="Tenant">
/// The controller's register: controller + register type + (for occupational health) employer. One name in the embedded
/// default.
/// </param>
/// <param name="Organisation">The authenticated organisation, as the gateway names it.</param>
/// <param name="OwnOnly">
/// Whether only what is shared with the organisation is seen, and beside it what a service declares open: types that
/// tell of no person.
/// </param>
public sealed record Access(string Tenant, string Organisation, bool OwnOnly = false)
{
    /// <summary>
    /// The same register as a whole, to recognise what is in it already. What is found so is not shown to whoever asks.
    /// </summary>
    public Access Register => OwnOnly ? this with { OwnOnly = false } : this;

    /// <summary>What an organisation of the same tenant sees that sees its own only.</summary>
    public Access Of(string organisation) => new(Tenant, organisation, OwnOnly: true);

    /// <summary>What a single box without authentication runs as.</summary>
    public static Access Local { get; } = new("local", "local");
}
