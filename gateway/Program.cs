using Microsoft.Extensions.Options;

namespace Gateway;

public static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            WebApplication.CreateBuilder(args).AddGateway().Build().MapGateway().Run();
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var fault in wrong.Failures) Console.Error.WriteLine(fault);
            return 2;
        }
    }
}
