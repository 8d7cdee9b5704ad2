using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace ServiceKit.Hosting;

internal static class KestrelLimits
{
    // The gateway limits what comes from outside; this holds for whatever else could reach a service.
    private const long MostBytes = 10_000_000;

    public static void ConfigureKestrelLimits(this IWebHostBuilder host, IConfiguration configuration) =>
        host.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize =
                long.TryParse(configuration["Limits:MostBytes"], out var most) ? most : MostBytes;
        });
}
