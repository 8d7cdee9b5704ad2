using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Fhir.Json;

/// <summary>JSON as it grows, in memory that is given back at the end.</summary>
internal sealed class JsonBytes : IDisposable
{
    private const int FirstSize = 16_384;

    // FHIR's JSON is no HTML: letters of Finnish and Swedish stay readable.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // What stands as it is: nearly all text is of the first, and that of Finnish and Swedish of the second.
    private static readonly SearchValues<char> Ascii = Plain('~'), Latin = Plain('\u00FF');

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>How many bytes there are so far.</summary>
    public int Length { get; private set; }

    /// <summary>Takes back what came behind a length.</summary>
    public void TakeBack(int length) => Length = length;

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A number or a truth value.</summary>
    public void Literal(string ascii) => Length += Encoding.ASCII.GetBytes(ascii, Room(ascii.Length));

    /// <summary>A string, in quotes and with what JSON wants escaped.</summary>
    public void Text(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Ascii) && text.AsSpan().ContainsAnyExcept(Latin)) text = Encoder.Encode(text);
        var room = Room(text.Length * 3 + 2);
        room[0] = (byte)'"';
        Utf8.FromUtf16(text, room[1..], out _, out var written);
        room[written + 1] = (byte)'"';
        Length += written + 2;
    }

    public byte[] ToArray() => buffer.AsSpan(0, Length).ToArray();

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private static SearchValues<char> Plain(char last) => SearchValues.Create(
        [.. Enumerable.Range(0, last + 1).Select(code => (char)code).Where(one => Encoder.Encode($"{one}") == $"{one}")]);

    private Span<byte> Room(int size)
    {
        if (buffer.Length - Length < size) Grow(size);
        return buffer.AsSpan(Length);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, Length + size));
        buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
