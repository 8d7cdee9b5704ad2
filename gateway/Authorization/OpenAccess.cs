using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Authorization;

/// <summary>The embedded default, for one machine: whoever reaches the gateway is the organisation "local".</summary>
public sealed class OpenAccess(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "open-access";

    private static readonly AuthenticationTicket Local =
        new(new Caller("local", "local").ToPrincipal(Scheme), Scheme);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(Local));
}

public static class OpenAccessScheme
{
    public static AuthenticationBuilder AddOpenAccess(this AuthenticationBuilder authentication)
    {
        authentication.Services.AddHostedService<OpenAccessWarning>();
        return authentication.AddScheme<AuthenticationSchemeOptions, OpenAccess>(OpenAccess.Scheme, null);
    }

    private sealed class OpenAccessWarning(ILogger<OpenAccess> logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            logger.LogWarning("Access is open: everyone who reaches this gateway acts as organisation local. "
                + "Let it listen on the loopback address only.");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
