namespace Gateway;

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args).AddGateway();
        builder.Build().MapGateway().Run();
    }
}
