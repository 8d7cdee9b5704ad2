using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authorization.Tokens;

/// <summary>The key by which access tokens are signed, in a file that all gateways share.</summary>
public sealed class SigningKey
{
    public const string Algorithm = SecurityAlgorithms.EcdsaSha384;

    public SigningKey(IOptions<AccessOptions> options)
    {
        var path = PathOf(options.Value);
        if (!File.Exists(path)) Make(path);
        Key = new ECDsaSecurityKey(Read(path));
        Key.KeyId = Base64UrlEncoder.Encode(Key.ComputeJwkThumbprint());
    }

    public ECDsaSecurityKey Key { get; }

    /// <summary>What anybody may know of it.</summary>
    public JsonWebKey Public
    {
        get
        {
            var whole = Key.ECDsa.ExportParameters(includePrivateParameters: false);
            return new JsonWebKey
            {
                Kty = "EC", Crv = "P-384", Kid = Key.KeyId, Use = "sig", Alg = Algorithm,
                X = Base64UrlEncoder.Encode(whole.Q.X), Y = Base64UrlEncoder.Encode(whole.Q.Y),
            };
        }
    }

    public static string PathOf(AccessOptions options) => options.SigningKeyFile is { Length: > 0 } file
        ? file
        : Path.Combine(options.Folder, "gateway-signing.pem");

    /// <summary>What is wrong with the file, with the remedy; null where it is good, or not there and to be made.</summary>
    public static string? Objection(string path)
    {
        try
        {
            if (File.Exists(path)) Read(path).Dispose();
            return null;
        }
        catch (Exception fault) when (
            fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return "cannot be read as a private P-384 key (PEM); make it anew, or name a file that is not there yet.";
        }
    }

    private static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.KeySize == 384 && key.ExportParameters(includePrivateParameters: true).D is not null) return key;
            throw new CryptographicException("Not a private P-384 key.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    // Whole or not at all, and never over one that another gateway has made meanwhile.
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var own = $"{path}.{Guid.CreateVersion7():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using (var file = new StreamWriter(own, options)) file.WriteLine(key.ExportPkcs8PrivateKeyPem());
        try
        {
            File.Move(own, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(own);
        }
    }
}
