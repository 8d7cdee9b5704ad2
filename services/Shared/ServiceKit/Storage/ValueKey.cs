using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ServiceKit.Storage;

/// <summary>
/// Where a value stands in the search index: a number of its type, parameter and text, which is shorter to keep in order
/// than these. The row holds the value as well and is compared with it, so that two with one number are told apart.
/// </summary>
internal static class ValueKey
{
    public static long Of(string type, string param, string value) => Of(Before(type, param) + value);

    /// <summary>What the text of a key begins with; the value follows.</summary>
    public static string Before(string type, string param) => $"{type}|{param}|";

    /// <summary>The first eight bytes of the text's MD5, which PostgreSQL can count too. Nothing is kept secret by it.</summary>
    public static long Of(string text)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
