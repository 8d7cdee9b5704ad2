using Microsoft.Extensions.Options;

namespace Gateway.Authorization;

/// <summary>The address for which assertions are made and access tokens hold.</summary>
public sealed class GatewayAddress(IOptions<AccessOptions> options)
{
    public const string TokenPath = "/auth/token";
    public const string JwksPath = "/auth/jwks";

    /// <summary>As it is set; otherwise as the request names it, which host filtering has let pass.</summary>
    public string Of(HttpRequest request) => options.Value.Address is { Length: > 0 } address
        ? address.TrimEnd('/')
        : $"{request.Scheme}://{request.Host.Value?.ToLowerInvariant()}";
}
