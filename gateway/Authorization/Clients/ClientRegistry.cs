using Gateway.Authorization.Scopes;
using Microsoft.Extensions.Options;

namespace Gateway.Authorization.Clients;

/// <summary>A system that may call.</summary>
/// <param name="Name">What the operator calls it; it stands in logs.</param>
/// <param name="Id">What it calls itself.</param>
/// <param name="Caller">Who it is to the services, with all that it may do at most.</param>
/// <param name="Keys">Its public keys by their ids.</param>
public sealed record RegisteredClient(
    string Name, string Id, Caller Caller, IReadOnlyDictionary<string, ClientKey> Keys);

/// <summary>The systems that may call, as the settings have them at the start.</summary>
public sealed class ClientRegistry(IOptions<AccessOptions> options)
{
    // Messages on the bus run in this tenant, so there is no other yet.
    private const string Tenant = "local";

    private readonly Dictionary<string, RegisteredClient> clients = options.Value.Clients
        .Select(client => Read(client.Key, client.Value)).ToDictionary(client => client.Id, StringComparer.Ordinal);

    public RegisteredClient? Find(string? clientId) => clientId is null ? null : clients.GetValueOrDefault(clientId);

    private static RegisteredClient Read(string name, AccessOptions.ClientOptions client) => new(
        name, client.ClientId,
        new Caller(client.Organisation, Tenant, client.Reach, string.Join(' ', Scope.Split(client.Scopes))),
        JwkSetFile.Read(client.JwksFile).Keys);
}
