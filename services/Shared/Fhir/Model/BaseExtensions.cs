using System.Collections;

namespace Fhir;

/// <summary>Copying and comparing of whole trees.</summary>
public static class BaseExtensions
{
    /// <summary>A deep copy that shares nothing with the original.</summary>
    public static T Clone<T>(this T original) where T : Base
    {
        var copy = original.New();
        if (original is PrimitiveType primitive) ((PrimitiveType)copy).Text = primitive.Text;
        for (var i = 0; i < original.TypeDef.Count; i++)
        {
            switch (original.Get(i))
            {
                case Base child:
                    copy.Set(i, child.Clone());
                    break;
                case IList { Count: > 0 } list:
                    var items = copy.Items(i);
                    foreach (Base item in list) items.Add(item.Clone());
                    break;
            }
        }
        return (T)copy;
    }

    /// <summary>
    /// True when both have the same type, elements and lexical texts (`1.0` differs from `1.00`); an absent list
    /// equals an empty one.
    /// </summary>
    public static bool DeepEquals(this Base? left, Base? right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null || left.TypeDef != right.TypeDef) return false;
        if (left is PrimitiveType a && right is PrimitiveType b && a.Text != b.Text) return false;
        for (var i = 0; i < left.TypeDef.Count; i++)
        {
            if (!SameElement(left.Get(i), right.Get(i))) return false;
        }
        return true;
    }

    private static bool SameElement(object? left, object? right)
    {
        if (left is IList || right is IList) return SameList(left as IList, right as IList);
        return DeepEquals((Base?)left, (Base?)right);
    }

    private static bool SameList(IList? left, IList? right)
    {
        var count = left?.Count ?? 0;
        if (count != (right?.Count ?? 0)) return false;
        for (var i = 0; i < count; i++)
        {
            if (!DeepEquals((Base?)left![i], (Base?)right![i])) return false;
        }
        return true;
    }
}
