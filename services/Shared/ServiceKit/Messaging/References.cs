using System.Collections;
using Fhir;

namespace ServiceKit.Messaging;

/// <summary>Finds the references inside a resource.</summary>
public static class References
{
    /// <summary>All of them, however deep, contained resources included.</summary>
    public static IEnumerable<ResourceReference> In(Base element)
    {
        if (element is ResourceReference found) yield return found;
        for (var ordinal = 0; ordinal < element.TypeDef.Count; ordinal++)
        {
            IEnumerable<Base> children = element.Get(ordinal) switch
            {
                Base child => [child],
                IEnumerable many => many.OfType<Base>(),
                _ => [],
            };
            foreach (var reference in children.SelectMany(In)) yield return reference;
        }
    }
}
