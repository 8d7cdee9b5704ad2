using System.Collections.Concurrent;
using Gateway.Authorization.Clients;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authorization.Tokens;

/// <summary>Makes access tokens (RFC 9068) and knows their callers again.</summary>
public sealed class AccessTokens(SigningKey key, ClientRegistry clients, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private const string Type = "at+jwt";
    private const string ClientClaim = "client_id";
    private const string OrganisationClaim = "omh_organisation";
    private const string ReachClaim = "omh_reach";
    private const string ScopeClaim = "scope";
    private const int MostRemembered = 10_000;

    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    // A signature costs several times what all else of a request does here, so each is checked once.
    private readonly ConcurrentDictionary<(string Token, string Address), Remembered> remembered = new();

    /// <summary>A token for a client, good at this address only.</summary>
    public string Make(RegisteredClient client, string scope, string address)
    {
        var now = time.GetUtcNow();
        return Tokens.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type, Issuer = address, Audience = address,
            IssuedAt = now.UtcDateTime, Expires = (now + Life).UtcDateTime,
            SigningCredentials = new SigningCredentials(key.Key, SigningKey.Algorithm),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = client.Id, ["jti"] = Guid.CreateVersion7().ToString(), [ClientClaim] = client.Id,
                [OrganisationClaim] = client.Caller.Organisation, [ReachClaim] = client.Caller.Reach, [ScopeClaim] = scope,
            },
        });
    }

    /// <summary>Who shows the token; null where it is not ours, over, for another address or of a client that is gone.</summary>
    public async Task<Caller?> CallerOf(string token, string address)
    {
        if (!remembered.TryGetValue((token, address), out var known))
        {
            if (await Read(token, address) is not { } read) return null;
            if (remembered.Count >= MostRemembered) remembered.Clear();
            remembered[(token, address)] = known = read;
        }

        return known.Until > time.GetUtcNow() ? known.Caller : null;
    }

    private async Task<Remembered?> Read(string token, string address)
    {
        var result = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key.Key, ValidAlgorithms = [SigningKey.Algorithm], ValidTypes = [Type],
            TryAllIssuerSigningKeys = false, ValidIssuer = address, ValidAudience = address,
            LifetimeValidator = (_, until, _, _) => until > time.GetUtcNow().UtcDateTime,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken valid }
            && clients.Find(Text(valid, ClientClaim)) is { } client
            && Text(valid, OrganisationClaim) is { } organisation && Text(valid, ReachClaim) is { } reach
                ? new Remembered(
                    new Caller(organisation, client.Caller.Tenant, reach, Text(valid, ScopeClaim) ?? ""),
                    new DateTimeOffset(valid.ValidTo, TimeSpan.Zero))
                : null;
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) ? text : null;

    private sealed record Remembered(Caller Caller, DateTimeOffset Until);
}
