using Fhir.Generator.Definitions;
using Fhir.Generator.Specification;
using Fhir.Generator.Writing;

namespace Fhir.Generator;

/// <summary>Definitions → specification → C# text. The same definitions always give the same bytes.</summary>
public static class ModelGenerator
{
    /// <returns>File name → its text, for services/Shared/Fhir/Generated.</returns>
    public static IReadOnlyDictionary<string, string> Generate(Folders folders)
    {
        string[] resources = [.. File.ReadAllLines(folders.Resources).Select(l => l.Trim()).Where(l => l.Length > 0)];
        var model = new SpecificationBuilder(DefinitionFile.Read(folders.Definitions), resources).Build();
        var files = model.Types.ToDictionary(t => t.Name + ".g.cs", ClassWriter.Write, StringComparer.Ordinal);
        files["Enums.g.cs"] = EnumWriter.WriteEnums(model.Enums);
        files["RequiredCodes.g.cs"] = EnumWriter.WriteCodes(model.Enums);
        files["ModelInfo.g.cs"] = ModelInfoWriter.Write(model);
        files["SearchParameters.g.cs"] = SearchWriter.Write(model.Searches);
        files["Invariants.g.cs"] = InvariantWriter.Write(model.Invariants);
        return files;
    }
}
