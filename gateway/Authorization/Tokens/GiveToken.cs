using System.Data.Common;
using System.Text.Json.Serialization;
using Gateway.Authorization.Clients;
using Gateway.Authorization.Scopes;

namespace Gateway.Authorization.Tokens;

/// <summary>
/// POST /auth/token: an access token for a system that shows by its signature who it is
/// (https://hl7.org/fhir/smart-app-launch/backend-services.html).
/// </summary>
public sealed partial class GiveToken(
    CheckAssertion assertions, AccessTokens tokens, GatewayAddress address, ILogger<GiveToken> logger)
{
    public const int MostBytes = 32 * 1024;

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);

    public async Task<IResult> Handle(HttpContext context)
    {
        // RFC 6749 5.1, beside the Cache-Control that every answer has.
        context.Response.Headers.Pragma = "no-cache";
        if (!context.Request.HasFormContentType)
            return Refuse(OAuthError.InvalidRequest("The body must be application/x-www-form-urlencoded."));
        var (request, error) = TokenRequest.Of(await context.Request.ReadFormAsync(context.RequestAborted));
        if (request is null) return Refuse(error!);
        try
        {
            return await Give(request, address.Of(context.Request), context.RequestAborted);
        }
        catch (DbException fault)
        {
            StoreIsAway(fault.GetType().Name);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> Give(TokenRequest request, string root, CancellationToken cancellation)
    {
        var outcome = await assertions.Check(
            request.Assertion, request.ClientId, root + GatewayAddress.TokenPath, cancellation);
        if (outcome is CheckAssertion.Outcome.Refused refused)
        {
            var reasons = string.Join("; ", refused.Reasons);
            Refused(refused.Client?.Name ?? "(unknown)", reasons);
            return Refuse(OAuthError.InvalidClient($"The assertion is refused: {reasons}."));
        }

        var client = ((CheckAssertion.Outcome.Known)outcome).Client;
        var scope = string.Join(' ', Scope.Split(request.Scope ?? client.Caller.Scope));
        if (Excess(client, scope) is { Length: > 0 } excess) return Refuse(OAuthError.InvalidScope(excess));
        Given(client.Name);
        return Results.Json(
            new Answer(tokens.Make(client, scope, root), "Bearer", (int)AccessTokens.Life.TotalSeconds, scope));
    }

    private static string Excess(RegisteredClient client, string wanted)
    {
        var granted = Scope.Split(client.Caller.Scope);
        var excess = Scope.Split(wanted).Count(
            text => Scope.Parse(text) is not { } scope || !ScopePolicy.Covers(granted, scope));
        return excess == 0 ? "" : $"{excess} of the scopes are not the client's; it may have {client.Caller.Scope}.";
    }

    private static IResult Refuse(OAuthError error) => Results.Json(error, statusCode: error.Status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Client {Client} was given a token")]
    private partial void Given(string client);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Client {Client} was given no token: {Reasons}")]
    private partial void Refused(string client, string reasons);

    [LoggerMessage(Level = LogLevel.Error, Message = "No tokens can be given, the store of used assertions is away: {Fault}")]
    private partial void StoreIsAway(string fault);
}
