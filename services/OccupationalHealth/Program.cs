using ServiceKit.Hosting;

namespace OccupationalHealth;

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOccupationalHealth(builder.Configuration);
        builder.AddServiceHost(bus => bus.AddOccupationalHealthConsumers());
        var app = builder.Build();
        app.UseServiceHost();
        app.MapOccupationalHealth();
        app.Run();
    }
}
