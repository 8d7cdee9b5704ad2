using ServiceKit.Hosting;

namespace RegionHandoff;

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddRegionHandoff(builder.Configuration);
        builder.AddServiceHost(bus => bus.AddRegionHandoffConsumers());
        var app = builder.Build();
        app.UseServiceHost();
        app.MapRegionHandoff();
        app.Run();
    }
}
