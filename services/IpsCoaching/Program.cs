using ServiceKit.Hosting;

namespace IpsCoaching;

public static class Program
{
    public static Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddIpsCoaching(builder.Configuration);
        builder.AddServiceHost(bus => bus.AddIpsCoachingConsumers());
        return builder.Build().UseServiceHost().MapIpsCoaching().RunAsync();
    }
}
