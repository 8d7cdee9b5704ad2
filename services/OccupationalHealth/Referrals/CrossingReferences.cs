using System.Collections;
using Fhir;

namespace OccupationalHealth.Referrals;

/// <summary>The references inside what crosses to another organisation.</summary>
internal static class CrossingReferences
{
    /// <summary>
    /// Replaces every reference that is in the list and removes all others: nothing else may be named.
    /// </summary>
    public static void TurnOrDrop(Base element, IReadOnlyDictionary<string, string> to) =>
        Visit(element, reference =>
        {
            if (reference.Reference is not { } from || !to.TryGetValue(from, out var other))
                return false;
            (reference.Reference, reference.Display, reference.Identifier) = (other, null, null);
            return true;
        });

    private static void Visit(Base element, Func<ResourceReference, bool> keep)
    {
        for (var ordinal = 0; ordinal < element.TypeDef.Count; ordinal++)
        {
            switch (element.Get(ordinal))
            {
                case ResourceReference reference when !keep(reference):
                    element.Set(ordinal, null);
                    break;
                case Base child:
                    Visit(child, keep);
                    break;
                case IList { Count: > 0 } list:
                    for (var i = list.Count - 1; i >= 0; i--)
                        if (list[i] is ResourceReference reference && !keep(reference))
                            list.RemoveAt(i);
                        else if (list[i] is Base item)
                            Visit(item, keep);
                    break;
            }
        }
    }
}
