using RabbitMQ.Client;
using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>How a RabbitMQ is reached: the same keys in every section that names one.</summary>
/// <param name="section">The section's name, for the faults.</param>
public abstract class BrokerOptions(string section)
{
    /// <summary>The RabbitMQ host; empty: there is none.</summary>
    public string Host { get; set; } = "";

    /// <summary>0: the usual one, 5672, or 5671 with TLS.</summary>
    public ushort Port { get; set; }

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>A file with the password, in place of it.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Whether the connection is encrypted and the server's certificate is checked.</summary>
    public bool Tls { get; set; }

    /// <summary>The name in the server's certificate, where it differs from the host.</summary>
    public string TlsServerName { get; set; } = "";

    /// <summary>The only authorities that are trusted (PEM); empty: those that the system trusts.</summary>
    public string TlsCaFile { get; set; } = "";

    /// <summary>The certificate that this process shows (PEM), where the server asks for one.</summary>
    public string TlsCertificateFile { get; set; } = "";

    /// <summary>The key of that certificate (PEM).</summary>
    public string TlsKeyFile { get; set; } = "";

    /// <summary>The port that is used.</summary>
    public ushort EffectivePort => Port != 0 ? Port : Tls ? (ushort)5671 : (ushort)5672;

    /// <summary>
    /// Opens connections to a virtual host of this broker. Coming back is the business of who opens them: with the queues
    /// declared anew, and without end.
    /// </summary>
    public ConnectionFactory Factory(string virtualHost) => new()
    {
        HostName = Host, Port = EffectivePort, VirtualHost = virtualHost, UserName = User, Password = Secret(),
        Ssl = BrokerTls.Of(this),
        AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5), RequestedHeartbeat = TimeSpan.FromSeconds(10),
    };

    /// <summary>Reaches the same broker as another section.</summary>
    protected void Share(BrokerOptions other)
    {
        (Host, Port, User, Password, PasswordFile) =
            (other.Host, other.Port, other.User, other.Password, other.PasswordFile);
        (Tls, TlsServerName, TlsCaFile) = (other.Tls, other.TlsServerName, other.TlsCaFile);
        (TlsCertificateFile, TlsKeyFile) = (other.TlsCertificateFile, other.TlsKeyFile);
    }

    // The password, wherever it stands.
    private string Secret() => PasswordFile.Length > 0 ? SecretFile.Read(PasswordFile) : Password;

    /// <summary>What is wrong where no host is given: half of the settings would otherwise mean something else.</summary>
    /// <param name="without">What an empty host means.</param>
    protected IEnumerable<string> FaultsWithoutHost(string without)
    {
        if (User.Length > 0 || Password.Length > 0 || PasswordFile.Length > 0 || Tls)
            yield return $"{section}:Host is empty though other settings of the broker are given: give the RabbitMQ host, "
                + $"or leave out the others {without}.";
    }

    /// <summary>What is wrong where a host is given.</summary>
    protected IEnumerable<string> FaultsWithHost()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return $"{section}:Host is '{Host}', which is no host: "
                + $"give its name or address alone, and the port as {section}:Port.";
        if (User.Length == 0) yield return $"{section}:User is empty: give the user of the RabbitMQ virtual host.";
        if (Password.Length == 0 && PasswordFile.Length == 0)
            yield return $"{section}:Password is empty: give it by the environment, "
                + $"{section.Replace(":", "__", StringComparison.Ordinal)}__Password, or a file, {section}:PasswordFile.";
        foreach (var fault in SecretFile.Faults($"{section}:Password", Password, $"{section}:PasswordFile", PasswordFile))
            yield return fault;
        foreach (var fault in BrokerTls.Faults(this, section)) yield return fault;
    }
}
