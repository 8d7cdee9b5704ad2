using Messages;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What must not stand in an address: identity codes, diagnoses, employers (api.md, "R4 choices").</summary>
internal static class SearchPrivacy
{
    // Parameters whose value names a diagnosis or an employer.
    private static readonly HashSet<(string Type, string Param)> PostOnly =
    [
        ("Condition", "code"), ("Condition", "evidence"), ("Encounter", "reason-code"), ("Procedure", "reason-code"),
        ("ServiceRequest", "code"), ("Observation", "value-concept"), ("Observation", "combo-value-concept"),
        ("Observation", "component-value-concept"), ("Contract", "subject"), ("Contract", "signer"),
        ("Coverage", "payor"), ("Coverage", "policy-holder"), ("Group", "managing-entity"),
    ];

    /// <summary>Whether a parameter that came in an address must come by POST instead.</summary>
    public static bool IsForPostOnly(string type, string name, SearchInput input) =>
        PostOnly.Contains((type, name)) || input.Value.Contains(Systems.IdentityCode + "|", StringComparison.Ordinal)
        || IdentityCodes.AreIn(input.Value) || IdentityCodes.AreIn(input.Key);

    /// <summary>Names of parameters are the client's text too: only what looks like one is repeated.</summary>
    public static string NameOnly(string key) =>
        key.Length <= 40 && char.IsAsciiLetter(key.TrimStart('_').FirstOrDefault()) && !IdentityCodes.AreIn(key)
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.') ? key : "name";
}
