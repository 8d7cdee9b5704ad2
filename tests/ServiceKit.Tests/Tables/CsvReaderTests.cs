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
        Assert.Equal("ä", CsvReader.Decode([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("ä")]));
        Assert.Null(CsvReader.Decode(Encoding.Latin1.GetBytes("hetu;työ")));
    }
}
