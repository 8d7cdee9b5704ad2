using ServiceKit.Hosting;

namespace OccupationalHealth;

public static class Program
{
    public static int Main(string[] args) => ServiceProcess.Run(
        args, port: 8081,
        builder => builder.Services.AddOccupationalHealth(builder.Configuration),
        bus => bus.AddOccupationalHealthConsumers(),
        app => app.MapOccupationalHealth());
}
