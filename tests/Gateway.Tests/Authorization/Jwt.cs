using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Authorization;

/// <summary>Writes tokens by hand, so that any of them can be wrong in any way.</summary>
internal static class Jwt
{
    public static string Write(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static JsonObject Part(string token, int part) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]))!.AsObject();

    public static byte[] Rs384(RSA key, byte[] data) =>
        key.SignData(data, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);

    public static byte[] Es384(ECDsa key, byte[] data) => key.SignData(data, HashAlgorithmName.SHA384);

    public static string Part(JsonObject content) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content.ToJsonString()));
}
