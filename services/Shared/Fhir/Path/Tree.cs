using System.Collections;

namespace Fhir.Path;

/// <summary>The parts of a node, in the order of the specification.</summary>
internal static class Tree
{
    public static Items Children(Run run, object item)
    {
        var result = new ItemsBuilder();
        AddChildren(run, item, ref result);
        return result.Build();
    }

    /// <summary>All below an item, each before its own children.</summary>
    public static Items Descendants(Run run, object item)
    {
        var result = new ItemsBuilder();
        AddDescendants(run, item, ref result);
        return result.Build();
    }

    public static void AddChildren(Run run, object item, ref ItemsBuilder result)
    {
        if (item is not Base parent) return;
        var before = result.Count;
        for (var i = 0; i < parent.TypeDef.Count; i++)
        {
            switch (parent.Get(i))
            {
                case Base child:
                    result.Add(child);
                    break;
                case IList list:
                    foreach (var child in list) result.Add(child!);
                    break;
            }
        }
        run.Step(1 + result.Count - before);
    }

    // Resources are at most as deep as the reader allows, so recursion is safe.
    public static void AddDescendants(Run run, object item, ref ItemsBuilder result)
    {
        if (item is PrimitiveType { HasIdOrExtension: false }) return;
        var children = Children(run, item);
        for (var i = 0; i < children.Count; i++)
        {
            result.Add(children[i]);
            AddDescendants(run, children[i], ref result);
        }
    }
}
