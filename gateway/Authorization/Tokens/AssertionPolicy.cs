namespace Gateway.Authorization.Tokens;

/// <summary>What an assertion says, once it is known who signed it. Times are seconds since 1970.</summary>
public sealed record AssertionClaims(
    string? Issuer, string? Subject, IReadOnlyList<string> Audiences, string? Id, long? Expires, long? NotBefore,
    long? IssuedAt);

/// <summary>
/// Decides whether an assertion is good for a token: https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html.
/// </summary>
public static class AssertionPolicy
{
    /// <summary>How far ahead an assertion may end, as SMART says.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>How much the clocks of a client and a gateway may differ.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private const int LongestId = 200;

    /// <summary>Every objection; none of them repeats what the assertion holds.</summary>
    public static IEnumerable<string> Objections(AssertionClaims claims, string audience, DateTimeOffset now)
    {
        var (present, leeway) = (now.ToUnixTimeSeconds(), (long)Leeway.TotalSeconds);
        if (claims.Subject is null || claims.Subject != claims.Issuer) yield return "iss and sub must both be the client_id";
        if (claims.Audiences is not [var only] || only != audience) yield return "aud must be the token endpoint alone";
        if (claims.Id is not { Length: > 0 and <= LongestId }) yield return $"jti must have 1 to {LongestId} characters";

        if (claims.Expires is not { } end) yield return "exp is missing";
        else if (end <= present - leeway) yield return "exp is over";
        else if (end > present + (long)Longest.TotalSeconds + leeway) yield return "exp is more than 5 minutes ahead";

        if (claims.NotBefore > present + leeway) yield return "nbf is not reached";
        if (claims.IssuedAt > present + leeway) yield return "iat is not reached";
    }
}
