using ServiceKit.Hosting;

namespace RegionHandoff;

public static class Program
{
    public static int Main(string[] args) => ServiceProcess.Run(
        args, port: 8083,
        builder => builder.Services.AddRegionHandoff(builder.Configuration),
        app => app.MapRegionHandoff());
}
