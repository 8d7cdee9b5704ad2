using Microsoft.Extensions.Options;
using ServiceKit.Settings;

namespace Standalone;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (!StandaloneOptions.TryParse(args, out var options, out var problem))
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        try
        {
            await using var box = await Box.Start(options);
            Welcome.Print(box.Address, options);
            await box.Stopped;
            return 0;
        }
        catch (Exception wrong) when (wrong is SettingsException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
