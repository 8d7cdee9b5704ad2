using System.Collections;
using Fhir;

namespace IpsCoaching.Cases;

/// <summary>Finds the references inside a resource.</summary>
internal static class References
{
    /// <summary>All of them, however deep, contained resources included.</summary>
    public static IEnumerable<ResourceReference> In(Base node)
    {
        if (node is ResourceReference found) yield return found;
        for (var i = 0; i < node.TypeDef.Count; i++)
        {
            IEnumerable<Base> children = node.Get(i) switch
            {
                Base child => [child],
                IEnumerable many => many.OfType<Base>(),
                _ => [],
            };
            foreach (var reference in children.SelectMany(In)) yield return reference;
        }
    }
}
