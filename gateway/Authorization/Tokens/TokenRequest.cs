using Microsoft.Extensions.Primitives;

namespace Gateway.Authorization.Tokens;

/// <summary>What a client asks of the token endpoint.</summary>
/// <param name="Assertion">What it has signed.</param>
/// <param name="ClientId">What it calls itself beside that; it need not.</param>
/// <param name="Scope">What it wants to do; null: all that it may.</param>
public sealed record TokenRequest(string Assertion, string? ClientId, string? Scope)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly string[] Known =
        ["grant_type", "client_assertion_type", "client_assertion", "client_id", "scope"];

    /// <summary>The request that a form makes, or why it makes none.</summary>
    public static (TokenRequest? Request, OAuthError? Error) Of(IFormCollection form)
    {
        // RFC 6749 3.2: a parameter comes once, and one without a value is as if it had not come.
        var twice = Known.Where(name => form[name].Count > 1).ToArray();
        if (twice is not []) return (null, OAuthError.InvalidRequest($"{string.Join(", ", twice)} came more than once."));
        if (Value(form["grant_type"]) is not { } grant) return (null, OAuthError.InvalidRequest("grant_type is missing."));
        if (grant != "client_credentials") return (null, OAuthError.UnsupportedGrantType);
        if (Value(form["client_assertion_type"]) != AssertionType)
            return (null, OAuthError.InvalidClient($"client_assertion_type must be {AssertionType}."));
        return Value(form["client_assertion"]) is { } assertion
            ? (new TokenRequest(assertion, Value(form["client_id"]), Value(form["scope"])), null)
            : (null, OAuthError.InvalidClient("client_assertion is missing."));
    }

    private static string? Value(StringValues values) => values is [{ Length: > 0 } value] ? value : null;
}
