using Deploy.Tests.Local;

namespace Deploy.Tests.Manifests;

/// <summary>The settings that compose and Kubernetes give, as the programs themselves read them.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Samples = "/app/SampleData";

    private readonly string folder = Directory.CreateTempSubdirectory("omh-settings-").FullName;

    [Theory]
    [InlineData(Manifest.Compose)]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task Every_program_knows_its_settings_and_can_follow_them(string manifest)
    {
        var programs = ProgramContainer.In(await Manifest.Of(manifest));

        Assert.Equal(4, programs.Count);
        Assert.All(programs, program => Assert.Empty(
            ProgramSettings.Faults(program.Name, program.Settings.ToDictionary(setting => setting.Key, OnThisMachine))));
    }

    [Theory]
    [InlineData(Manifest.Compose)]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task Every_file_that_a_setting_names_is_there_and_nothing_else_is_mounted(string manifest)
    {
        foreach (var program in ProgramContainer.In(await Manifest.Of(manifest)))
        {
            var named = ProgramSettings.FilesNamed(program.Settings).Where(file => file != Samples).ToArray();
            Assert.All(named, file => Assert.True(program.Has(file), $"{program.Name}: {file}"));
            Assert.All(program.Files.Where(file => !file.EndsWith('*')), file => Assert.Contains(file, named));
        }
    }

    [Theory]
    [InlineData(Manifest.Compose)]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task No_password_stands_in_a_setting(string manifest)
    {
        foreach (var program in ProgramContainer.In(await Manifest.Of(manifest)))
        {
            Assert.DoesNotContain(program.Settings.Keys, key => key.EndsWith("Password", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(
                program.Settings.Values, value => value.Contains("Password=", StringComparison.OrdinalIgnoreCase));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The files of a container, with something in them that can be read as what it stands for.
    private string OnThisMachine(KeyValuePair<string, string> setting)
    {
        var value = setting.Value;
        foreach (var file in ProgramSettings.FilesNamed(new Dictionary<string, string> { [""] = value }))
            value = value.Replace(file, file == Samples ? folder : Stand(file), StringComparison.Ordinal);
        return value;
    }

    private string Stand(string file)
    {
        using var authority = Authority.Stranger();
        if (file.EndsWith(".pem", StringComparison.Ordinal))
            return authority.WriteOwn(folder, Path.GetFileNameWithoutExtension(file));
        var path = Path.Combine(folder, Path.GetFileName(file));
        File.WriteAllText(path, new string('x', 48));
        return path;
    }
}
