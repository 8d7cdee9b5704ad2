using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Deploy.Tests.Local;

/// <summary>Somebody who signs certificates: the authority of a local system, or a stranger.</summary>
internal sealed class Authority(X509Certificate2 certificate) : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch.AddYears(50);

    public static Authority Of(LocalSystem system) => new(X509Certificate2.CreateFromPemFile(
        Path.Combine(system.Folder, "tls/ca.pem"), Path.Combine(system.Folder, "tls/ca.key")));

    public static Authority Stranger()
    {
        var request = new CertificateRequest(
            "CN=stranger", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return new Authority(request.CreateSelfSigned(Begin, Begin.AddYears(50)));
    }

    /// <summary>Writes NAME.pem with the authority's own certificate.</summary>
    public string WriteOwn(string folder, string name) => Write(folder, $"{name}.pem", certificate.ExportCertificatePem());

    /// <summary>Writes NAME.pem and NAME.key, a certificate that it signs for a client.</summary>
    public (string Certificate, string Key) WriteClient(string folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(certificate, certificate.NotBefore, certificate.NotAfter, [1, 2, 3]);
        return (Write(folder, $"{name}.pem", signed.ExportCertificatePem()),
            Write(folder, $"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose() => certificate.Dispose();

    private static string Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
