using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Authorization.Clients;

/// <summary>A public key of a client, and the one algorithm that goes with it.</summary>
public sealed record ClientKey(string Id, SecurityKey Key, string Algorithm);

/// <summary>Reads a client's public keys (RFC 7517) from a file: RSA from 2,048 bits on, and P-384.</summary>
public static class JwkSetFile
{
    public sealed record Content(IReadOnlyDictionary<string, ClientKey> Keys, IReadOnlyList<string> Objections);

    public static Content Read(string path)
    {
        try
        {
            return Read(JsonWebKeySet.Create(File.ReadAllText(path)).Keys);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Content(new Dictionary<string, ClientKey>(),
                ["names no file that holds a JWK Set; put the client's public keys there."]);
        }
    }

    private static Content Read(IEnumerable<JsonWebKey> found)
    {
        var keys = new Dictionary<string, ClientKey>(StringComparer.Ordinal);
        List<string> objections = [];
        foreach (var key in found)
        {
            if (WhyNot(key) is { } objection) objections.Add($"holds the key '{key.Kid}', {objection}");
            else if (PublicKey(key) is not { } known) objections.Add($"holds the key '{key.Kid}', whose numbers are wrong.");
            else if (!keys.TryAdd(key.Kid, known)) objections.Add($"holds the key '{key.Kid}' twice; give each its own kid.");
        }

        if (keys.Count == 0 && objections.Count == 0) objections.Add("holds no key; put the client's public keys there.");
        return new Content(keys, objections);
    }

    private static string? WhyNot(JsonWebKey key)
    {
        if (key.HasPrivateKey || key.K is not null) return "which is secret; only the client may have it: make a new one.";
        if (string.IsNullOrEmpty(key.Kid)) return "which has no kid; give it one.";
        return key is { Kty: "RSA", N: not null, E: not null } or { Kty: "EC", Crv: "P-384", X: not null, Y: not null }
            ? null
            : "which is neither RSA nor P-384; make one of these.";
    }

    // By its numbers alone: certificates that stand beside them are nothing to us.
    private static ClientKey? PublicKey(JsonWebKey key)
    {
        try
        {
            return key.Kty == "RSA" ? Rsa(key) : Ec(key);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static ClientKey? Rsa(JsonWebKey key)
    {
        var numbers = new RSAParameters
        {
            Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E),
        };
        using var rsa = RSA.Create(numbers);
        return rsa.KeySize < 2048
            ? null
            : new ClientKey(key.Kid, new RsaSecurityKey(numbers) { KeyId = key.Kid }, SecurityAlgorithms.RsaSha384);
    }

    private static ClientKey Ec(JsonWebKey key) => new(
        key.Kid,
        new ECDsaSecurityKey(ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP384,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
        }))
        { KeyId = key.Kid },
        SecurityAlgorithms.EcdsaSha384);
}
