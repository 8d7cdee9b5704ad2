using Gateway.Authorization.Tokens;
using Microsoft.Extensions.Options;

namespace Gateway.Authorization;

/// <summary>Says at the start who may call, and has the signing key made before a client asks for a token.</summary>
public sealed partial class StartAccess(
    IOptions<AccessOptions> options, IServiceProvider services, ILogger<StartAccess> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsOpen)
        {
            AccessIsOpen();
        }
        else
        {
            services.GetRequiredService<SigningKey>();
            ByToken(options.Value.Clients.Count);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Access is open: everyone who reaches this gateway acts as "
        + "organisation local. Let it listen on the loopback address only.")]
    private partial void AccessIsOpen();

    [LoggerMessage(Level = LogLevel.Information, Message = "Access is by token; clients registered: {Count}")]
    private partial void ByToken(int count);
}
