namespace ServiceKit.Rest;

/// <summary>
/// The name of a search parameter: <c>name:modifier</c>, chained as <c>reference:Type.name:modifier</c>, or
/// <c>_has:Type:reference:name:modifier</c>.
/// </summary>
/// <param name="Modifier">Empty where there is none; for <c>_has</c> the type and the reference, with a colon between.</param>
/// <param name="Inner">What is asked of the resource at the other end; null where only this one is asked.</param>
internal sealed record SearchKey(string Name, string Modifier, SearchKey? Inner = null)
{
    public const string Has = "_has";

    public static SearchKey Of(string key)
    {
        if (key.StartsWith(Has + ":", StringComparison.Ordinal) && key.Split(':', 4) is [_, var type, var by, var asked])
            return new SearchKey(Has, $"{type}:{by}", Of(asked));
        return key.Split('.', 2) is [var head, var tail] ? Plain(head) with { Inner = Of(tail) } : Plain(key);
    }

    private static SearchKey Plain(string key) =>
        key.Split(':', 2) is [var name, var modifier] ? new SearchKey(name, modifier) : new SearchKey(key, "");
}
