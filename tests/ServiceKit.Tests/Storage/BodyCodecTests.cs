using System.Security.Cryptography;
using System.Text;
using ServiceKit.Storage;

namespace ServiceKit.Tests.Storage;

public sealed class BodyCodecTests
{
    private readonly BodyCodec codec = new(new NoSeal());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(25_000)]
    [InlineData(3_000_000)]
    public void Bodies_come_back_byte_for_byte(int length)
    {
        foreach (var body in (byte[][])[Repeated(length), RandomNumberGenerator.GetBytes(length)])
        {
            // A body is JSON, which does not begin with a zero.
            if (length > 0) body[0] = (byte)'{';
            var (stored, keyId) = codec.Encode(body);
            Assert.Equal(body, codec.Decode(stored, keyId));
        }
    }

    [Fact]
    public void Long_bodies_are_stored_small() =>
        Assert.InRange(codec.Encode(Repeated(25_000)).Body.Length, 1, 2_500);

    [Fact]
    public void A_body_that_was_sealed_with_another_key_is_not_taken_for_text() =>
        Assert.Throws<InvalidOperationException>(() => codec.Decode([1, 2, 3], "another"));

    private static byte[] Repeated(int length) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"system\":\"urn:ä\"}", length / 10 + 1)))[..length];
}
