using Gateway.Authorization.Clients;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authorization.Tokens;

/// <summary>Knows a client by the assertion that it has signed (private_key_jwt), each of them once.</summary>
public sealed class CheckAssertion(ClientRegistry clients, UsedAssertions used, TimeProvider time)
{
    private const int MostCharacters = 8192;

    // Keys come from the registry only. Who names another place for them is told so and not just not followed.
    private static readonly string[] ForeignKeys = ["jku", "jwk", "x5u", "x5c", "crit"];

    private static readonly JsonWebTokenHandler Tokens = new() { MaximumTokenSizeInBytes = MostCharacters };

    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Known(RegisteredClient Client) : Outcome;

        /// <param name="Client">Whose key signed it; null where none is known to have done so.</param>
        /// <param name="Reasons">They repeat nothing that was sent.</param>
        public sealed record Refused(RegisteredClient? Client, params string[] Reasons) : Outcome;
    }

    public async Task<Outcome> Check(string assertion, string? clientId, string audience, CancellationToken cancellation)
    {
        if (Read(assertion) is not { } token) return new Outcome.Refused(null, "the assertion is not a signed JWT");
        if (ForeignKeys.Any(name => token.TryGetHeaderValue<object>(name, out _)))
            return new Outcome.Refused(null, $"the header may not have {string.Join(", ", ForeignKeys)}");

        var client = clients.Find(token.Issuer);
        if (client is null || (clientId is not null && clientId != client.Id)
            || token.Kid is not { } kid || !client.Keys.TryGetValue(kid, out var key) || !await IsSigned(token, key))
            return new Outcome.Refused(null, "it is not signed with RS384 or ES384 by a registered key of the client");

        var claims = Claims(token);
        var now = time.GetUtcNow();
        if (AssertionPolicy.Objections(claims, audience, now).ToArray() is { Length: > 0 } objections)
            return new Outcome.Refused(client, objections);
        return await used.Take(client.Id, claims.Id!, now, cancellation)
            ? new Outcome.Known(client)
            : new Outcome.Refused(client, "jti was used before");
    }

    private static JsonWebToken? Read(string assertion)
    {
        try
        {
            if (assertion.Length > MostCharacters || assertion.Count(character => character == '.') != 2) return null;
            var token = Tokens.ReadJsonWebToken(assertion);
            // An access token of ours is at+jwt, and nothing else that is signed may stand for an assertion either.
            return token.Typ is null or "" || token.Typ.Equals("JWT", StringComparison.OrdinalIgnoreCase) ? token : null;
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // Times, audience and the rest are AssertionPolicy's.
    private static async Task<bool> IsSigned(JsonWebToken token, ClientKey key)
    {
        var result = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key.Key, ValidAlgorithms = [key.Algorithm], TryAllIssuerSigningKeys = false,
            ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private static AssertionClaims Claims(JsonWebToken token) => new(
        token.Issuer, token.Subject, [.. token.Audiences], token.Id,
        Seconds(token, "exp"), Seconds(token, "nbf"), Seconds(token, "iat"));

    private static long? Seconds(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<long>(name, out var seconds) ? seconds : null;
}
