using System.Security.Cryptography;
using System.Text;
using Messages;

namespace ServiceKit.Storage;

/// <summary>
/// Keeps personal identity codes out of the search index: they stand there only as a keyed hash with the key's version.
/// </summary>
/// <param name="version">The key's version, a short name such as <c>1</c>.</param>
/// <param name="key">At least 32 random bytes.</param>
public sealed class IndexKeys(string version, byte[] key)
{
    /// <summary>Tells whether two processes have the same key, and nothing else about it.</summary>
    public string CheckValue => $"h{version}:" + Convert.ToHexStringLower(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 16, info: "check-value"u8.ToArray()));

    /// <summary>The value as the index holds it. A code under a wrong system, or under none, is hidden all the same.</summary>
    public string Value(string? system, string value) =>
        system == Systems.IdentityCode || IdentityCodes.AreIn(value) ? Hash(value) : value;

    /// <summary>
    /// The values that a search for a token without a system has to look for. Only an identifier can stand under the
    /// system of identity codes without looking like one.
    /// </summary>
    public string[] AnySystem(string value, bool ofIdentifier) =>
        ofIdentifier ? [value, Hash(value)] : [Value(null, value)];

    /// <summary>A text that only this key can read again, fit for an address.</summary>
    public string Protect(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[12 + plain.Length + 16];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, 12));
        using var cipher = Cipher();
        cipher.Encrypt(sealedText.AsSpan(0, 12), plain, sealedText.AsSpan(12, plain.Length), sealedText.AsSpan(^16));
        return System.Buffers.Text.Base64Url.EncodeToString(sealedText);
    }

    /// <summary>Reads what <see cref="Protect"/> made; null for anything else.</summary>
    public string? Unprotect(string protectedText)
    {
        try
        {
            var sealedText = System.Buffers.Text.Base64Url.DecodeFromChars(protectedText);
            if (sealedText.Length < 28) return null;
            var plain = new byte[sealedText.Length - 28];
            using var cipher = Cipher();
            cipher.Decrypt(sealedText.AsSpan(0, 12), sealedText.AsSpan(12, plain.Length), sealedText.AsSpan(^16), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads the key from a file, which is made with a random key when it is absent.</summary>
    public static IndexKeys FromFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
        }

        return new IndexKeys("1", File.ReadAllBytes(path));
    }

    // A key of its own for each use, derived from the one that is kept.
    private AesGcm Cipher() => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "search-links"u8.ToArray()), 16);

    private string Hash(string value) => $"h{version}:" + Convert.ToHexStringLower(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value.Trim().ToUpperInvariant())))[..40];
}
