using ServiceKit.Storage;

namespace ServiceKit.Tests.Storage;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Müller", "muller")]
    [InlineData("HÄMÄLÄINEN", "hämäläinen")]
    [InlineData("Åström", "åström")]
    [InlineData("A\u030Astro\u0308m", "åström")]
    [InlineData("José Ñandú", "jose nandu")]
    [InlineData("Jose\u0301", "jose")]
    [InlineData("Łukasz", "łukasz")]
    [InlineData("Šefčovič", "sefcovic")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Иванов", "иванов")]
    [InlineData("", "")]
    public void Case_and_marks_are_folded_but_for_Finnish_and_Swedish_letters(string text, string folded) =>
        Assert.Equal(folded, FoldedText.Fold(text));
}
