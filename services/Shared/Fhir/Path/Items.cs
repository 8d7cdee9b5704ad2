using System.Collections;

namespace Fhir.Path;

/// <summary>
/// An ordered collection of FHIRPath. Nothing and one item need no memory of their own, and the list of a repeating
/// element is used as it is, so most expressions allocate nothing.
/// </summary>
internal readonly struct Items
{
    // Null, one item, or a list of at least two. No item is itself a list.
    private readonly object? _content;

    private Items(object? content) => _content = content;

    public static Items True { get; } = new(true);

    public static Items False { get; } = new(false);

    public static Items One(object? item) => new(item);

    public static Items Of(bool value) => value ? True : False;

    public static Items Of(bool? value) => value is { } known ? Of(known) : default;

    /// <summary>The value of an element as <see cref="Base.Get"/> gives it.</summary>
    public static Items OfElement(object? value) => value is IList list ? Of(list) : new(value);

    /// <summary>The items of a list that nobody changes.</summary>
    public static Items Of(IList list) => list.Count switch
    {
        0 => default,
        1 => new(list[0]),
        _ => new(list),
    };

    public bool IsEmpty => _content is null;

    public int Count => _content switch { null => 0, IList list => list.Count, _ => 1 };

    public object this[int index] => _content is IList list ? list[index]! : _content!;

    /// <summary>Some of the items, in order.</summary>
    public Items Slice(int start, int count)
    {
        count = Math.Min(count, Count - start);
        if (count <= 0) return default;
        if (start == 0 && count == Count) return this;
        var result = new ItemsBuilder();
        for (var i = start; i < start + count; i++) result.Add(this[i]);
        return result.Build();
    }

    public object[] ToArray()
    {
        var array = new object[Count];
        for (var i = 0; i < array.Length; i++) array[i] = this[i];
        return array;
    }
}

/// <summary>Gathers items; makes a list only from the second on.</summary>
internal struct ItemsBuilder
{
    private object? _first;
    private List<object>? _list;

    public readonly int Count => _list?.Count ?? (_first is null ? 0 : 1);

    public void Add(object item)
    {
        if (_first is null) _first = item;
        else (_list ??= [_first]).Add(item);
    }

    public void Add(Items items)
    {
        for (var i = 0; i < items.Count; i++) Add(items[i]);
    }

    public readonly Items Build() => _list is null ? Items.One(_first) : Items.Of(_list);
}
