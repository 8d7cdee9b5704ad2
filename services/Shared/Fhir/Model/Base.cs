using System.Collections;

namespace Fhir;

/// <summary>
/// Anything that FHIR describes. Its elements are reached by property, or by the ordinal that <see cref="TypeDef"/>
/// gives them; reader, writer, FHIRPath and search use the latter.
/// </summary>
public abstract class Base
{
    /// <summary>The type's metadata; its elements are in the order of the specification.</summary>
    public abstract TypeDef TypeDef { get; }

    /// <summary>The element: a <see cref="Base"/>, an <see cref="IList"/> of them, or null when absent.</summary>
    public virtual object? Get(int ordinal) => null;

    /// <summary>Sets an element to a value of its declared C# type (a list for a repeating element).</summary>
    public virtual void Set(int ordinal, object? value) =>
        throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, $"{TypeDef.Name} has no such element.");

    /// <summary>The list of a repeating element, made when absent.</summary>
    public virtual IList Items(int ordinal) =>
        throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, $"{TypeDef.Name} has no such list.");

    /// <summary>True when no element has content. FHIR knows no empty objects, so it is not written.</summary>
    public virtual bool IsEmpty
    {
        get
        {
            for (var i = 0; i < TypeDef.Elements.Count; i++)
            {
                if (Get(i) is { } value && (value is not IList list || list.Count > 0)) return false;
            }
            return true;
        }
    }

    internal static readonly TypeDef Def = new("Base", null, null, []);

    /// <summary>An empty instance of the same class.</summary>
    protected internal virtual Base New() => TypeDef.Create();
}
