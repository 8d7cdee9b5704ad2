using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using Gateway.Authorization.Scopes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Authorization.Tokens;

/// <summary>Knows callers by the access tokens that this gateway gives: https://www.rfc-editor.org/rfc/rfc6750</summary>
public sealed class TokenAccess(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    AccessTokens tokens, GatewayAddress address)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "token-access";

    private const string Bearer = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0) return AuthenticateResult.NoResult();
        return Token() is { } token && await tokens.CallerOf(token, address.Of(Request)) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme), Scheme))
            : AuthenticateResult.Fail("The token is not valid.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate =
            Request.Headers.Authorization.Count == 0 ? Bearer : $"{Bearer} error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = ScopePolicy.Need(Request.Method, Request.Path) is { } need
            ? $"{Bearer} error=\"insufficient_scope\", scope=\"{need}\""
            : $"{Bearer} error=\"insufficient_scope\"";
        return Task.CompletedTask;
    }

    private string? Token() =>
        Request.Headers.Authorization is [{ } only] && AuthenticationHeaderValue.TryParse(only, out var header)
        && header.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase) && header.Parameter is { Length: > 0 } token
            ? token
            : null;
}
