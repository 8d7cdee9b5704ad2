using ServiceKit.Settings;

namespace RegionHandoff.SimulatedRegion;

internal static class SimulatedRegionRegistration
{
    public static void AddSimulatedRegion(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<SimulatedRegionOptions>(configuration);
        if (!options.Enabled) return;
        services.AddHostedService(provider => new RegionSimulator(
            new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, options,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RegionSimulator>>()));
    }
}
