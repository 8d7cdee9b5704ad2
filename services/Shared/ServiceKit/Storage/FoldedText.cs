using System.Text;

namespace ServiceKit.Storage;

/// <summary>Strings as search compares them: without case, and without marks except those of Finnish and Swedish letters.</summary>
public static class FoldedText
{
    // A table, since this program runs without the system's Unicode tables (InvariantGlobalization), where the
    // framework's own normalisation changes nothing. Source: canonical decompositions of Unicode 15, blocks Latin-1
    // Supplement, Latin Extended-A and -B, Latin Extended Additional.
    private static readonly Dictionary<char, char> Plain = Table(
        "aàáâãāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖ", "iìíîïĩīĭįǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽ", "mḿṁṃ", "nñńņňǹṅṇṉṋ",
        "oòóôõōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "pṕṗ", "rŕŗřȑȓṙṛṝṟ", "sśŝşšșṡṣṥṧṩ", "tţťțṫṭṯṱẗ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ");

    private const char Diaeresis = '\u0308', RingAbove = '\u030A';

    /// <summary>"Müller" → "muller"; "Hämäläinen" → "hämäläinen": ä, ö and å are letters of their own here.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            // Marks that follow their letter: some systems write ä as two characters.
            if (c is >= '\u0300' and <= '\u036F')
            {
                if (result.Length > 0) result[^1] = Marked(result[^1], c);
                continue;
            }

            result.Append(Plain.GetValueOrDefault(c, c));
        }

        return result.ToString();
    }

    private static char Marked(char letter, char mark) => (letter, mark) switch
    {
        ('a', Diaeresis) => 'ä',
        ('o', Diaeresis) => 'ö',
        ('a', RingAbove) => 'å',
        _ => letter,
    };

    private static Dictionary<char, char> Table(params string[] rows) =>
        rows.SelectMany(row => row[1..], (row, marked) => (Marked: marked, Plain: row[0]))
            .ToDictionary(pair => pair.Marked, pair => pair.Plain);
}
