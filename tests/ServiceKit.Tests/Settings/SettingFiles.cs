using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace ServiceKit.Tests.Settings;

/// <summary>A folder with the files that settings name, good ones and bad ones.</summary>
public sealed class SettingFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("omh-settings-").FullName;

    public SettingFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        Write("certificate.pem", certificate.ExportCertificatePem());
        Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        Write("other-key.pem", otherKey.ExportPkcs8PrivateKeyPem());
        Write("password", "from the file\n");
        Write("empty", "");
        File.WriteAllBytes(Path.Combine(folder, "index.key"), new byte[32]);
        File.WriteAllBytes(Path.Combine(folder, "short.key"), new byte[31]);
    }

    /// <summary>
    /// Settings from lines <c>Section:Key=VALUE</c>, of which later ones win; <c>@/</c> stands for the folder.
    /// </summary>
    public IConfiguration Read(params string[] lines)
    {
        var configuration = new ConfigurationManager();
        foreach (var parts in lines.Select(line => line.Split('=', 2)))
            configuration[parts[0]] = parts[1].Replace("@/", folder + "/");
        return configuration;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
