namespace Gateway;

public static class Program
{
    public static void Main(string[] args) => WebApplication.CreateSlimBuilder(args).Build().Run();
}
