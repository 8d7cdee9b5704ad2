using System.Runtime.CompilerServices;

namespace Fhir;

/// <summary>A code of a closed set.</summary>
public sealed class Code<T> : PrimitiveType where T : struct, Enum
{
    /// <summary>Without a value.</summary>
    public Code()
    {
    }

    /// <summary>With a value.</summary>
    public Code(T? value) => Value = value;

    /// <summary>The code; null when absent or not of the set, in which case the text still has it.</summary>
    public T? Value { get => EnumCodes.Parse<T>(Text); set => Text = value?.GetLiteral(); }

    /// <inheritdoc/>
    public override CodeList? RequiredCodes => EnumCodes.ListOf<T>();

    /// <inheritdoc/>
    public override TypeDef TypeDef => Code.Def;

    /// <inheritdoc/>
    protected internal override Base New() => new Code<T>();
}

/// <summary>Enum ↔ code, for the generated enums.</summary>
public static class EnumCodes
{
    /// <summary>The code as FHIR writes it: `in-progress` for `InProgress`.</summary>
    public static string GetLiteral<T>(this T value) where T : struct, Enum =>
        Of<T>.List.Codes[Unsafe.As<T, int>(ref value)];

    /// <summary>The system of the code.</summary>
    public static string GetSystem<T>(this T value) where T : struct, Enum =>
        Of<T>.List.System(Unsafe.As<T, int>(ref value));

    /// <summary>The value for a code, or null when the set has no such code.</summary>
    public static T? Parse<T>(string? code) where T : struct, Enum
    {
        if (code is null) return null;
        var index = Of<T>.List.IndexOf(code);
        return index < 0 ? null : Unsafe.As<int, T>(ref index);
    }

    internal static CodeList ListOf<T>() where T : struct, Enum => Of<T>.List;

    private static class Of<T> where T : struct, Enum
    {
        public static readonly CodeList List = RequiredCodes.Of(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not an enum of FHIR.");
    }
}
