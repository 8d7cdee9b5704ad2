using System.Text.Json.Serialization;

namespace Gateway.Authorization.Tokens;

/// <summary>A refusal of the token endpoint: https://www.rfc-editor.org/rfc/rfc6749#section-5.2</summary>
public sealed record OAuthError(
    [property: JsonPropertyName("error")] string Code,
    [property: JsonPropertyName("error_description")] string Description)
{
    public static OAuthError InvalidRequest(string what) => new("invalid_request", what);

    public static OAuthError InvalidClient(string why) => new("invalid_client", why);

    public static OAuthError InvalidScope(string what) => new("invalid_scope", what);

    public static readonly OAuthError UnsupportedGrantType =
        new("unsupported_grant_type", "grant_type must be client_credentials.");

    [JsonIgnore]
    public int Status => Code == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
}
