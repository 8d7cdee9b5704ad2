using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Fhir.Path.Functions;

/// <summary>
/// All functions but `is`, `as` and `ofType`, whose parameter is no expression. Not here, because nothing that they
/// would need is shipped: `subsumes`, `subsumedBy`, `translate`, `slice`, `elementDefinition`, `checkModifiers`.
/// </summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, Function> All = new[]
    {
        ExistenceFunctions.All, FilterFunctions.All, SetFunctions.All, ConversionFunctions.All, StringFunctions.All,
        PatternFunctions.All, EncodingFunctions.All, MathFunctions.All, UtilityFunctions.All, FhirFunctions.All,
    }.SelectMany(f => f).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static bool TryGet(string name, [NotNullWhen(true)] out Function? function) =>
        All.TryGetValue(name, out function);
}
