using Messages;
using ServiceKit.Hosting;

namespace FaultyService;

/// <summary>
/// A real service on the kit that takes handoffs in RegionHandoff's place and fails upon some of them, for the tests of
/// what becomes of the others.
/// </summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var definition = new ServiceDefinition<FaultyDatabase>(ServiceNames.RegionHandoff, "/regions/fhir")
            .OnBus<RecordHandoff, HandoffRequest>();
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFhirService(definition, builder.Configuration);
        builder.AddServiceHost();
        var app = builder.Build();
        app.UseServiceHost();
        app.MapFhirService(definition);
        app.Run();
    }
}
