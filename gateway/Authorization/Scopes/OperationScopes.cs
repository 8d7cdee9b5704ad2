namespace Gateway.Authorization.Scopes;

/// <summary>
/// What an operation needs. One that is not named here may read or write any type, so it needs all of them: a caseload
/// is asked of a Practitioner and tells of clients.
/// </summary>
public static class OperationScopes
{
    private static readonly Dictionary<(string Verb, string Operation), Scope> AtTheBase = new()
    {
        [("POST", "$process-message")] = new("Bundle", "c"),
        [("GET", "$mailbox")] = new("Bundle", "r"),
    };

    // They look at what they are given and store nothing, or stay with the type that they are asked of.
    private static readonly Dictionary<(string Verb, string Operation), string> OfAType = new()
    {
        [("POST", "$validate")] = "c",
        [("POST", "$place")] = "c",
        [("POST", "$score")] = "c",
        [("GET", "$series")] = "rs",
        [("POST", "$acknowledge")] = "u",
    };

    /// <param name="verb">GET or POST.</param>
    /// <param name="operation">Its name, with the dollar sign.</param>
    /// <param name="path">The path below the base, the operation included.</param>
    public static Scope Of(string verb, string operation, string[] path)
    {
        if (path is [_] && AtTheBase.TryGetValue((verb, operation), out var known)) return known;
        if (path.Length is 2 or 3 && Scope.IsTypeName(path[0])
            && OfAType.TryGetValue((verb, operation), out var interactions)) return new Scope(path[0], interactions);
        return verb == "GET" ? new Scope(Scope.AnyType, "rs") : Scope.Everything;
    }
}
