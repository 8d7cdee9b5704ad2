using Gateway.Authorization;
using Microsoft.Extensions.Configuration.Memory;

namespace Gateway;

/// <summary>The gateway's own settings, inside its assembly, so that every host has the same routes.</summary>
public static class RouteTable
{
    public const string Section = "ReverseProxy";

    /// <summary>Puts them below all other settings: files, environment and arguments override them.</summary>
    public static void AddTo(ConfigurationManager configuration)
    {
        using var stream = typeof(RouteTable).Assembly.GetManifestResourceStream("Gateway.appsettings.json")
            ?? throw new InvalidOperationException("The gateway was built without its route table.");
        // A stream can be read once only, but a configuration reads its sources again at each change of them.
        var settings = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable().ToArray();
        ((IConfigurationBuilder)configuration).Sources
            .Insert(0, new MemoryConfigurationSource { InitialData = settings });
    }

    /// <summary>The FHIR bases of the services, as paths.</summary>
    public static IEnumerable<string> Bases(IConfiguration configuration) => configuration
        .GetSection($"{Section}:Routes").GetChildren()
        .Where(route => route["AuthorizationPolicy"] == CallersModule.Policy)
        .Select(route => route["Match:Path"]!.Replace("{**rest}", "fhir", StringComparison.Ordinal));

    /// <summary>Every cluster that cannot be reached as it is configured.</summary>
    public static IEnumerable<string> Objections(IConfiguration configuration)
    {
        foreach (var cluster in configuration.GetSection($"{Section}:Clusters").GetChildren())
        {
            var destinations = cluster.GetSection("Destinations").GetChildren().ToArray();
            if (destinations is [])
                yield return $"{cluster.Path}:Destinations is empty; name at least one with its Address.";

            foreach (var destination in destinations.Where(destination => !IsHttpAddress(destination["Address"])))
                yield return $"{destination.Path}:Address must be an absolute http or https address; "
                    + "write it like http://localhost:8081/.";
        }
    }

    private static bool IsHttpAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");
}
