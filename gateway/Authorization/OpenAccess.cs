using System.Text.Encodings.Web;
using Gateway.Authorization.Scopes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Authorization;

/// <summary>The embedded default, for one machine: whoever reaches the gateway is the organisation "local".</summary>
public sealed class OpenAccess(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "open-access";

    private static readonly AuthenticationTicket Local = new(
        new Caller("local", "local", Reach.Tenant, Scope.Everything.ToString()).ToPrincipal(Scheme), Scheme);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(Local));
}
