using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authorization.Tokens;

/// <summary>Tells clients how to get a token: https://hl7.org/fhir/smart-app-launch/conformance.html</summary>
public static class DescribeAccess
{
    /// <summary>GET {base}/.well-known/smart-configuration</summary>
    public static IResult SmartConfiguration(HttpRequest request, GatewayAddress address) => Results.Json(
        new Dictionary<string, object>
        {
            ["jwks_uri"] = address.Of(request) + GatewayAddress.JwksPath,
            ["token_endpoint"] = address.Of(request) + GatewayAddress.TokenPath,
            ["token_endpoint_auth_methods_supported"] = (string[])["private_key_jwt"],
            ["token_endpoint_auth_signing_alg_values_supported"] =
                (string[])[SecurityAlgorithms.RsaSha384, SecurityAlgorithms.EcdsaSha384],
            ["grant_types_supported"] = (string[])["client_credentials"],
            ["scopes_supported"] = (string[])[Scopes.Scope.Everything.ToString()],
            // The specification wants it of every server; there is no authorization endpoint that it could be for yet.
            ["code_challenge_methods_supported"] = (string[])["S256"],
            ["capabilities"] = (string[])["client-confidential-asymmetric", "permission-v2"],
        });

    /// <summary>GET /auth/jwks: the keys by which access tokens can be checked.</summary>
    public static IResult Jwks(SigningKey key) => Results.Json(new Dictionary<string, object>
    {
        ["keys"] = (object[])[Fields(key.Public)],
    });

    private static Dictionary<string, string> Fields(JsonWebKey key) => new()
    {
        ["kty"] = key.Kty, ["crv"] = key.Crv, ["x"] = key.X, ["y"] = key.Y,
        ["kid"] = key.Kid, ["use"] = key.Use, ["alg"] = key.Alg,
    };
}
