using ServiceKit.Hosting;

namespace IpsCoaching;

public static class Program
{
    public static int Main(string[] args) => ServiceProcess.Run(
        args, port: 8082,
        builder => builder.Services.AddIpsCoaching(builder.Configuration),
        app => app.MapIpsCoaching());
}
