using Microsoft.Extensions.Options;

namespace Gateway.Limits;

public static class LimitsModule
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureOptions<KestrelLimits>();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = CallerRateLimit.OnRejected;
            limiter.AddPolicy(CallerRateLimit.Policy, context => CallerRateLimit.Partition(
                context, context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.RateLimit));
        });
    }
}
