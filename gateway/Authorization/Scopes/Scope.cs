namespace Gateway.Authorization.Scopes;

/// <summary>
/// What a system may do with a type of resource: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html,
/// version 2, without conditions on single resources.
/// </summary>
/// <param name="Type">A type of resource, or <c>*</c> for all.</param>
/// <param name="Interactions">Some of c (create), r (read), u (update), d (delete) and s (search), in this order.</param>
public sealed record Scope(string Type, string Interactions)
{
    public const string AnyType = "*";

    private const string Prefix = "system/", All = "cruds";

    public static readonly Scope Everything = new(AnyType, All);

    public override string ToString() => $"{Prefix}{Type}.{Interactions}";

    /// <summary>The scope that a text means; null when it is none of a system's.</summary>
    public static Scope? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return text[Prefix.Length..].Split('.') is [var type, var interactions]
            && (type == AnyType || IsTypeName(type)) && IsInOrder(interactions)
                ? new Scope(type, interactions)
                : null;
    }

    public static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static bool IsTypeName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterUpper(name[0]) && name.All(char.IsAsciiLetter);

    private static bool IsInOrder(string interactions) =>
        interactions.Length > 0 && interactions == string.Concat(All.Where(interactions.Contains));
}
