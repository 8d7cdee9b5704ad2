namespace Gateway.Authorization;

/// <summary>How much of its tenant's data a caller sees.</summary>
public static class Reach
{
    /// <summary>All of it.</summary>
    public const string Tenant = "tenant";

    /// <summary>What is shared with its own organisation.</summary>
    public const string Organisation = "organisation";

    public static bool IsKnown(string value) => value is Tenant or Organisation;
}
