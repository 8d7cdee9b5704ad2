using System.Collections;
using Fhir;

namespace ServiceKit.Messaging;

/// <summary>Finds the references inside a resource.</summary>
public static class References
{
    /// <summary>All of them, however deep, contained resources included.</summary>
    public static IReadOnlyList<ResourceReference> In(Base element)
    {
        List<ResourceReference> found = [];
        Collect(element, found);
        return found;
    }

    private static void Collect(Base element, List<ResourceReference> found)
    {
        if (element is ResourceReference reference) found.Add(reference);
        for (var ordinal = 0; ordinal < element.TypeDef.Count; ordinal++)
        {
            var value = element.Get(ordinal);
            if (value is Base child) Collect(child, found);
            if (value is not IList many) continue;
            for (var i = 0; i < many.Count; i++)
                if (many[i] is Base item) Collect(item, found);
        }
    }
}
