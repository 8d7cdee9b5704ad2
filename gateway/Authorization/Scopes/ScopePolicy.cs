namespace Gateway.Authorization.Scopes;

/// <summary>
/// Decides from method and path alone what a request needs and whether scopes allow it; bodies are not read here. What
/// it does not understand needs everything.
/// </summary>
public static class ScopePolicy
{
    /// <summary>Whether scopes, with spaces between, allow the request.</summary>
    public static bool Allows(string scopes, string method, string path) =>
        Need(method, path) is not { } need || Covers(Scope.Split(scopes), need);

    /// <summary>Whether each interaction that is needed stands in one of the scopes.</summary>
    public static bool Covers(IEnumerable<string> scopes, Scope need)
    {
        var given = scopes.Select(Scope.Parse).OfType<Scope>()
            .Where(scope => scope.Type == Scope.AnyType || scope.Type == need.Type).ToArray();
        return need.Interactions.All(one => given.Any(scope => scope.Interactions.Contains(one)));
    }

    /// <summary>What a request needs; null where it is enough to be known.</summary>
    public static Scope? Need(string method, string path)
    {
        var verb = HttpMethods.IsHead(method) ? HttpMethods.Get : method.ToUpperInvariant();
        // The first is empty, the second names the service.
        return path.Split('/') is ["", _, "fhir", .. var rest] ? (verb, rest) switch
        {
            ("GET", ["metadata"]) => null,
            ("GET" or "POST", [.., ['$', ..] operation]) => OperationScopes.Of(verb, operation, rest),
            ("POST", [var type]) when Scope.IsTypeName(type) => new Scope(type, "c"),
            ("GET", [var type]) when Scope.IsTypeName(type) => new Scope(type, "s"),
            ("POST", [var type, "_search"]) when Scope.IsTypeName(type) => new Scope(type, "s"),
            (_, [var type, var id, .. var version]) when Scope.IsTypeName(type) && IsId(id) =>
                OfInstance(verb, type, version) ?? Scope.Everything,
            _ => Scope.Everything,
        } : Scope.Everything;
    }

    private static Scope? OfInstance(string verb, string type, string[] version) => (verb, version) switch
    {
        ("GET", [] or ["_history"]) => new Scope(type, "r"),
        ("GET", ["_history", var id]) when IsId(id) => new Scope(type, "r"),
        ("PUT" or "PATCH", []) => new Scope(type, "u"),
        ("DELETE", []) => new Scope(type, "d"),
        _ => null,
    };

    private static bool IsId(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
