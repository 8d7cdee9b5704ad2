namespace RegionHandoff.SimulatedRegion;

internal static class SimulatedRegionRegistration
{
    public static void AddSimulatedRegion(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("SimulatedRegion").Get<SimulatedRegionOptions>();
        if (options is not { Enabled: true }) return;
        if (!Uri.TryCreate(options.Gateway, UriKind.Absolute, out _))
            throw new InvalidOperationException(
                "SimulatedRegion:Gateway must be an address such as http://localhost:8080.");
        services.AddSingleton(options);
        services.AddHostedService(provider => new RegionSimulator(
            new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, options,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RegionSimulator>>()));
    }
}
