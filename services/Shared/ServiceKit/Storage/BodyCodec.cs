using System.Buffers;
using System.IO.Compression;

namespace ServiceKit.Storage;

/// <summary>Seals bodies at rest. The row names the key, so that keys can change while old rows stay readable.</summary>
public interface IBodySeal
{
    /// <summary>Seals bytes with the current key.</summary>
    (byte[] Sealed, string KeyId) Seal(byte[] plain);

    /// <summary>Opens bytes with the key that the row names; throws for an unknown key.</summary>
    byte[] Open(byte[] sealedBody, string keyId);
}

/// <summary>Leaves bodies as they are: the embedded default.</summary>
public sealed class NoSeal : IBodySeal
{
    public (byte[] Sealed, string KeyId) Seal(byte[] plain) => (plain, "none");

    public byte[] Open(byte[] sealedBody, string keyId) => keyId == "none"
        ? sealedBody
        : throw new InvalidOperationException($"A body was sealed with key '{keyId}', and no keys are configured.");
}

/// <summary>
/// Bodies in the database: JSON compressed with Deflate where that pays, then sealed. Compressed bodies start with a zero
/// byte, which no JSON text does.
/// </summary>
public sealed class BodyCodec(IBodySeal seal)
{
    private const int WorthCompressing = 1024;

    /// <summary>What goes into the columns <c>body</c> and <c>key_id</c>.</summary>
    public (byte[] Body, string KeyId) Encode(byte[] json) =>
        seal.Seal(json.Length < WorthCompressing ? json : Compress(json));

    /// <summary>The JSON text of a row, byte for byte as it was given to <see cref="Encode"/>.</summary>
    public byte[] Decode(byte[] body, string keyId)
    {
        var plain = seal.Open(body, keyId);
        return plain.Length > 0 && plain[0] == 0 ? Decompress(plain) : plain;
    }

    private static byte[] Compress(byte[] json)
    {
        using var result = new MemoryStream(json.Length / 3);
        result.WriteByte(0);
        using (var deflate = new DeflateStream(result, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(json);
        return result.ToArray();
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var deflate = new DeflateStream(
            new MemoryStream(compressed, 1, compressed.Length - 1), CompressionMode.Decompress);
        var buffer = ArrayPool<byte>.Shared.Rent(compressed.Length * 8);
        try
        {
            var length = 0;
            while (deflate.Read(buffer.AsSpan(length)) is var read and > 0)
            {
                length += read;
                if (length == buffer.Length) buffer = Larger(buffer);
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
