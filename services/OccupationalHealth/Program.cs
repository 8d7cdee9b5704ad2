using OccupationalHealth.Simulation;
using ServiceKit.Hosting;

namespace OccupationalHealth;

public static class Program
{
    public static async Task<int> Main(string[] args) => SimulateCommand.IsAskedBy(args)
        ? await SimulateCommand.Run(args, Console.Error, TimeProvider.System)
        : ServiceProcess.Run(
            args, port: 8081,
            builder => builder.Services.AddOccupationalHealth(builder.Configuration),
            app => app.MapOccupationalHealth());
}
