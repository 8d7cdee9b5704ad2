using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace ServiceKit.Hosting;

/// <summary>How the broker's certificate is checked, and which one is shown to it.</summary>
internal static class BrokerTls
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static SslOption Of(BrokerOptions options)
    {
        var name = options.TlsServerName.Length > 0 ? options.TlsServerName : options.Host;
        var tls = new SslOption { Enabled = options.Tls, ServerName = name };
        if (!options.Tls) return tls;
        tls.CertificateValidationCallback = Check(options);
        if (options.TlsCertificateFile.Length > 0) tls.Certs = [Shown(options)];
        return tls;
    }

    private static X509Certificate2 Shown(BrokerOptions options) =>
        X509Certificate2.CreateFromPemFile(options.TlsCertificateFile, options.TlsKeyFile);

    // The check of the server's certificate.
    private static RemoteCertificateValidationCallback Check(BrokerOptions options)
    {
        if (options.TlsCaFile.Length == 0) return (_, _, _, errors) => errors == SslPolicyErrors.None;
        var authorities = Authorities(options);
        return (_, server, chain, errors) => IsTrusted(authorities, server, chain, errors);
    }

    public static IEnumerable<string> Faults(BrokerOptions options, string section)
    {
        var (ca, certificate, key) = (options.TlsCaFile, options.TlsCertificateFile, options.TlsKeyFile);
        if (!options.Tls && (ca + certificate + key + options.TlsServerName).Length > 0)
            yield return $"{section}:Tls is false though certificates are given: set it to true, or leave them out.";
        if (ca.Length > 0 && !CanRead(() => Authorities(options)))
            yield return $"{section}:TlsCaFile names {ca}, which holds no certificate that can be read: "
                + "give a PEM file with the certificates of the authorities.";
        if (certificate.Length > 0 != key.Length > 0)
            yield return $"{section}:TlsCertificateFile and {section}:TlsKeyFile belong together: give both, or neither.";
        else if (certificate.Length > 0 && !CanRead(() => Shown(options)))
            yield return $"{section}:TlsCertificateFile names {certificate}, which does not open with {key}: "
                + "give PEM files of a certificate and its own key without a passphrase, readable by this process.";
    }

    private static bool IsTrusted(
        X509Certificate2Collection authorities, X509Certificate? server, X509Chain? sent, SslPolicyErrors errors)
    {
        // The name has to be right in any case; only who signed is decided here.
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        if (server is not X509Certificate2 certificate) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // An operator's own authority seldom says where it lists what it has revoked.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    private static X509Certificate2Collection Authorities(BrokerOptions options)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.TlsCaFile);
        return authorities is [] ? throw new CryptographicException("The file holds no certificate.") : authorities;
    }

    private static bool CanRead(Func<object> read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or IOException
            or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
