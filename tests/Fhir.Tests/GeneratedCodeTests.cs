using Fhir.Generator;

namespace Fhir.Tests;

public sealed class GeneratedCodeTests
{
    [Fact]
    public void The_checked_in_model_is_what_the_generator_writes()
    {
        var folders = Folders.Find(AppContext.BaseDirectory);
        var generated = ModelGenerator.Generate(folders);
        var present = Directory.GetFiles(folders.Generated).ToDictionary(
            f => System.IO.Path.GetFileName(f), File.ReadAllText);
        Assert.Equal(generated.Keys.Order(StringComparer.Ordinal), present.Keys.Order(StringComparer.Ordinal));
        Assert.All(generated, file => Assert.True(file.Value == present[file.Key],
            $"{file.Key} differs: run `dotnet run --project services/Shared/Fhir.Generator`."));
    }
}
