namespace Fhir.Path.Values;

/// <summary>Collections as sets of distinct items, by `=`.</summary>
internal static class Sets
{
    public static bool Contains(Run run, Items items, object item)
    {
        var count = items.Count;
        for (var i = 0; i < count; i++)
        {
            if (Equality.AreEqual(run, items[i], item) == true) return true;
        }
        return false;
    }

    public static Items Union(Run run, Items a, Items b)
    {
        if (b.IsEmpty && a.Count <= 1) return a;
        var result = new DistinctBuilder(run);
        result.Add(a);
        result.Add(b);
        return result.Build();
    }

    public static Items Distinct(Run run, Items items)
    {
        if (items.Count <= 1) return items;
        var result = new DistinctBuilder(run);
        result.Add(items);
        return result.Build();
    }

    /// <summary>The items of both, each once.</summary>
    public static Items Intersect(Run run, Items a, Items b)
    {
        var known = new DistinctBuilder(run);
        known.Add(b);
        var result = new DistinctBuilder(run);
        for (var i = 0; i < a.Count; i++)
        {
            if (known.Has(a[i])) result.Add(a[i]);
        }
        return result.Build();
    }

    /// <summary>Those of the first that are not in the second; doubles and order stay.</summary>
    public static Items Except(Run run, Items a, Items b)
    {
        var known = new DistinctBuilder(run);
        known.Add(b);
        var result = new ItemsBuilder();
        for (var i = 0; i < a.Count; i++)
        {
            if (!known.Has(a[i])) result.Add(a[i]);
        }
        return result.Build();
    }

    public static bool IsSubset(Run run, Items part, Items whole)
    {
        if (part.IsEmpty) return true;
        var known = new DistinctBuilder(run);
        known.Add(whole);
        for (var i = 0; i < part.Count; i++)
        {
            if (!known.Has(part[i])) return false;
        }
        return true;
    }
}

/// <summary>
/// Items each once. Texts, of which there may be ten thousand in a Bundle, are found by hash; the rest one by one.
/// </summary>
internal sealed class DistinctBuilder(Run run)
{
    private const int FewTexts = 8;

    private readonly List<object> _others = [];
    private readonly List<string> _texts = [];
    private ItemsBuilder _all;
    private HashSet<string>? _hashed;

    public int Count => _all.Count;

    public Items Build() => _all.Build();

    public void Add(Items items)
    {
        var count = items.Count;
        for (var i = 0; i < count; i++) Add(items[i]);
    }

    /// <summary>False when it was there already.</summary>
    public bool Add(object item)
    {
        run.Step();
        var text = SystemValue.Of(item) as string;
        if (text is null ? HasOther(item) : HasText(text)) return false;
        _all.Add(item);
        if (text is null) _others.Add(item);
        else Remember(text);
        return true;
    }

    public bool Has(object item) => SystemValue.Of(item) is string text ? HasText(text) : HasOther(item);

    private void Remember(string text)
    {
        _texts.Add(text);
        if (_texts.Count > FewTexts) (_hashed ??= new(_texts, StringComparer.Ordinal)).Add(text);
    }

    private bool HasText(string text) => _hashed?.Contains(text) ?? _texts.Contains(text);

    private bool HasOther(object item)
    {
        foreach (var other in _others)
        {
            if (Equality.AreEqual(run, other, item) == true) return true;
        }
        return false;
    }
}
