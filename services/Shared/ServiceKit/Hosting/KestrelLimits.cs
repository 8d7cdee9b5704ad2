using Microsoft.AspNetCore.Hosting;

namespace ServiceKit.Hosting;

internal static class KestrelLimits
{
    public static void ConfigureKestrelLimits(this IWebHostBuilder host, LimitOptions limits) =>
        host.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = limits.MostBytes;
        });
}
