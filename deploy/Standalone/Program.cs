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

        await using var box = await Box.Start(options);
        Welcome.Print(box.Address, options);
        await box.Stopped;
        return 0;
    }
}
