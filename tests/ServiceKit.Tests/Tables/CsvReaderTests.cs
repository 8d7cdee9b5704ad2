using System.Text;
using ServiceKit.Tables;

namespace ServiceKit.Tests.Tables;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a;b\n1;2\n", ';', "1:a|b 2:1|2")]
    [InlineData("a,b\r\n1,2", ',', "1:a|b 2:1|2")]
    [InlineData("a;b,c;d\r1;2;3", ';', "1:a|b,c|d 2:1|2|3")]
    [InlineData("a\n1", ';', "1:a 2:1")]
    [InlineData("\"a;x\",b\n\"1 \"\"2\"\"\",3\n", ',', "1:a;x|b 2:1 \"2\"|3")]
    [InlineData("a;b\n\n;;\n1;2", ';', "1:a|b 4:1|2")]
    [InlineData("a;b\n\"x\ny\";2\n3;4", ';', "1:a|b 2:x\ny|2 4:3|4")]
    [InlineData("a;b\n \"x\" ;\n", ';', "1:a|b 2:x|")]
    public void Fields_are_read_as_spreadsheets_write_them(string text, char separator, string records)
    {
        Assert.Equal(separator, CsvReader.SeparatorOf(text));
        var (read, broken) = CsvReader.Read(text, separator);
        Assert.Empty(broken);
        Assert.Equal(records, string.Join(' ', read.Select(one => $"{one.Line}:{string.Join('|', one.Fields)}")));
    }

    [Theory]
    [InlineData("a;b\n\"x;2\n3;4", 2)]
    [InlineData("a;b\n1;2\n\"x\"y;2", 3)]
    public void A_broken_quote_names_its_line(string text, int line) =>
        Assert.Equal([line], CsvReader.Read(text, ';').BrokenLines);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_field_and_other_encodings_are_refused()
    {
        var text = CsvReader.Decode([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("\"ä\";b\n1;2")])!;
        Assert.Equal(["ä", "b"], CsvReader.Read(text, ';').Records[0].Fields);
        Assert.Null(CsvReader.Decode(Encoding.Latin1.GetBytes("hetu;työ")));
    }

    [Theory]
    [InlineData("2026-01-31", 31)]
    [InlineData("31.1.2026", 31)]
    [InlineData("09.01.2026", 9)]
    [InlineData("31.2.2026", null)]
    [InlineData("1.1.26", null)]
    [InlineData("1/9/2026", null)]
    [InlineData("", null)]
    public void A_day_is_read_as_Finnish_spreadsheets_or_ISO_write_it(string text, int? day) =>
        Assert.Equal(day is null ? null : new DateOnly(2026, 1, day.Value), CsvReader.Day(text));
}
