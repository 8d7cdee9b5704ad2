using Gateway.Authorization.Clients;
using Gateway.Authorization.Scopes;
using Gateway.Authorization.Tokens;

namespace Gateway.Authorization;

/// <summary>Says what is wrong with the settings of access: every objection, each with its key and its remedy.</summary>
public static class AccessOptionsPolicy
{
    /// <param name="options">The settings.</param>
    /// <param name="allowedHosts">The names by which clients may reach the gateway.</param>
    public static IEnumerable<string> Objections(AccessOptions options, string? allowedHosts) => options.IsOpen
        ? []
        : [
            .. OfTheGateway(options, allowedHosts),
            .. options.Clients.SelectMany(client => OfAClient($"Authorization:Clients:{client.Key}", client.Value)),
            .. OfTheSameId(options),
        ];

    private static IEnumerable<string> OfTheGateway(AccessOptions options, string? allowedHosts)
    {
        if (options.Address is { Length: > 0 } address && !IsRoot(address))
            yield return "Authorization:Address must be an http or https address without a path; "
                + "write it like https://omh.example.";
        // An assertion that was made for another server must not be good for whatever name a request gives this one.
        if (string.IsNullOrEmpty(options.Address) && (string.IsNullOrEmpty(allowedHosts) || allowedHosts.Contains('*')))
            yield return "Authorization:Address is missing while AllowedHosts lets any name in; "
                + "give the address by which clients know the gateway.";
        if (SigningKey.Objection(SigningKey.PathOf(options)) is { } objection)
            yield return $"Authorization:SigningKeyFile {objection}";
        if (options.ReplayStorePasswordFile is { Length: > 0 } file && !File.Exists(file))
            yield return "Authorization:ReplayStorePasswordFile names no file; put the password there.";
    }

    private static IEnumerable<string> OfAClient(string key, AccessOptions.ClientOptions client)
    {
        if (!Caller.FitsAHeader(client.ClientId))
            yield return $"{key}:ClientId must have 1 to 200 visible ASCII characters; give it a name without spaces.";
        if (!Caller.FitsAHeader(client.Organisation))
            yield return $"{key}:Organisation must have 1 to 200 visible ASCII characters; name it without spaces.";
        if (!Reach.IsKnown(client.Reach))
            yield return $"{key}:Reach must be {Reach.Tenant} or {Reach.Organisation}; choose one.";
        foreach (var objection in JwkSetFile.Read(client.JwksFile).Objections)
            yield return $"{key}:JwksFile {objection}";
        var scopes = Scope.Split(client.Scopes);
        if (scopes is []) yield return $"{key}:Scopes is empty; name what it may do, like system/Task.rs.";
        foreach (var scope in scopes.Where(scope => Scope.Parse(scope) is null))
            yield return $"{key}:Scopes holds '{scope}', which is not a system scope; write it like system/Task.rs.";
    }

    private static IEnumerable<string> OfTheSameId(AccessOptions options) => options.Clients
        .GroupBy(client => client.Value.ClientId, StringComparer.Ordinal)
        .Where(same => same.Key.Length > 0 && same.Count() > 1)
        .Select(same => $"Authorization:Clients:{string.Join(" and ", same.Select(client => client.Key).Order())} "
            + "have one ClientId; give each its own.");

    private static bool IsRoot(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
