namespace ServiceKit.Storage;

/// <summary>
/// Who asks. Every call of the store takes one, and sees a resource when it belongs to <paramref name="Tenant"/> or
/// was shared with <paramref name="Organisation"/>.
/// </summary>
/// <param name="Tenant">
/// The controller's register: controller + register type + (for occupational health) employer. One name in the embedded
/// default.
/// </param>
/// <param name="Organisation">The authenticated organisation, as the gateway names it.</param>
public sealed record Access(string Tenant, string Organisation)
{
    /// <summary>What a single box without authentication runs as.</summary>
    public static Access Local { get; } = new("local", "local");
}
