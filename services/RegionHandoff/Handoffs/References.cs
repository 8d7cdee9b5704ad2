using System.Collections;
using Fhir;

namespace RegionHandoff.Handoffs;

/// <summary>The references inside a resource.</summary>
internal static class References
{
    /// <summary>Every reference, however deep, contained resources included.</summary>
    public static IEnumerable<ResourceReference> In(Base element)
    {
        if (element is ResourceReference reference) yield return reference;
        for (var ordinal = 0; ordinal < element.TypeDef.Count; ordinal++)
        {
            IEnumerable children = element.Get(ordinal) switch
            {
                Base child => new[] { child },
                IEnumerable list and not string => list,
                _ => Array.Empty<Base>(),
            };
            foreach (var child in children.OfType<Base>())
                foreach (var inner in In(child)) yield return inner;
        }
    }
}
