namespace Gateway.Authorization;

/// <summary>The settings under <c>Authorization</c>. Access is open until a client is registered.</summary>
public sealed class AccessOptions
{
    public const string Section = "Authorization";

    /// <summary>
    /// The address by which clients know the gateway, such as https://omh.example; empty: the one that a request names.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>The folder of the signing key and the used assertions, where nothing else is said of them.</summary>
    public string Folder { get; set; } = "omh-data";

    /// <summary>The private key of access tokens (PEM, P-384), the same for all gateways; made when absent.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>PostgreSQL's connection string for the used assertions, where there are several gateways.</summary>
    public string? ReplayStore { get; set; }

    /// <summary>A file with the password, in place of the one in the connection string.</summary>
    public string? ReplayStorePasswordFile { get; set; }

    /// <summary>The systems that may call, by a name for the operator.</summary>
    public Dictionary<string, ClientOptions> Clients { get; set; } = [];

    /// <summary>Whether everybody who reaches the gateway may do everything.</summary>
    public bool IsOpen => Clients.Count == 0;

    /// <summary>One system.</summary>
    public sealed class ClientOptions
    {
        /// <summary>The name that its assertions give as issuer and subject.</summary>
        public string ClientId { get; set; } = "";

        /// <summary>The organisation that it acts for.</summary>
        public string Organisation { get; set; } = "";

        /// <summary>How much it sees: one of <see cref="Authorization.Reach"/>.</summary>
        public string Reach { get; set; } = Authorization.Reach.Tenant;

        /// <summary>A JWK Set file with its public keys.</summary>
        public string JwksFile { get; set; } = "";

        /// <summary>What it may do at most, as SMART system scopes with spaces between.</summary>
        public string Scopes { get; set; } = "";
    }
}
