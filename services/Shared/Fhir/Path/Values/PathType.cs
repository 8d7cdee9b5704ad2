using Fhir.Path.Syntax;

namespace Fhir.Path.Values;

/// <summary>What `type()` answers.</summary>
/// <param name="Namespace">`System` for computed values, otherwise `FHIR`.</param>
/// <param name="Name">`Integer`, `code`, `Patient`</param>
public sealed record PathType(string Namespace, string Name)
{
    /// <summary>The type of an item of a result.</summary>
    public static PathType Of(object item) => item is Base element
        ? new(TypeName.OfFhir, element.TypeDef.Name)
        : new(TypeName.OfSystem, TypeName.SystemName(item));

    internal Items Child(string name) => name switch
    {
        "namespace" => Items.One(Namespace),
        "name" => Items.One(Name),
        _ => default,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}.{Name}";
}
