using RabbitMQ.Client;
using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>How the bus is reached: the section <c>Bus</c>.</summary>
public sealed class BusOptions : ISettings
{
    public static string Section => "Bus";

    /// <summary>The RabbitMQ host; empty: the bus is in memory, and all services run in this process.</summary>
    public string Host { get; set; } = "";

    /// <summary>0: the usual one, 5672, or 5671 with TLS.</summary>
    public ushort Port { get; set; }

    public string VirtualHost { get; set; } = "/";

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

    public bool InMemory => Host.Length == 0;

    /// <summary>The port that is used.</summary>
    public ushort EffectivePort => Port != 0 ? Port : Tls ? (ushort)5671 : (ushort)5672;

    /// <summary>Opens connections to the broker beside the bus's own.</summary>
    public ConnectionFactory Factory() => new()
    {
        HostName = Host, Port = EffectivePort, VirtualHost = VirtualHost, UserName = User, Password = Secret(),
        Ssl = BusTls.Of(this),
    };

    public IEnumerable<string> Faults() => InMemory ? FaultsWithoutHost() : FaultsWithHost();

    /// <summary>The password, wherever it stands.</summary>
    internal string Secret() => PasswordFile.Length > 0 ? SecretFile.Read(PasswordFile) : Password;

    // Half of the settings would otherwise mean a bus in memory, which nobody asked for.
    private IEnumerable<string> FaultsWithoutHost()
    {
        if (User.Length > 0 || Password.Length > 0 || PasswordFile.Length > 0 || Tls)
            yield return "Bus:Host is empty though other settings of the bus are given: give the RabbitMQ host, "
                + "or leave out the others to have the bus in memory.";
    }

    private IEnumerable<string> FaultsWithHost()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return $"Bus:Host is '{Host}', which is no host: give its name or address alone, and the port as Bus:Port.";
        if (VirtualHost.Length == 0) yield return "Bus:VirtualHost is empty: give its name; the default is /.";
        if (User.Length == 0) yield return "Bus:User is empty: give the user of the RabbitMQ virtual host.";
        if (Password.Length == 0 && PasswordFile.Length == 0)
            yield return "Bus:Password is empty: give it by the environment, Bus__Password, or a file, Bus:PasswordFile.";
        foreach (var fault in SecretFile.Faults("Bus:Password", Password, "Bus:PasswordFile", PasswordFile))
            yield return fault;
        foreach (var fault in BusTls.Faults(this)) yield return fault;
    }
}
