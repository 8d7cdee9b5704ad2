using Fhir.Json;

namespace Fhir.Tests.Json;

/// <summary>http://hl7.org/fhir/R4/narrative.html: txt-1, txt-2 and the security remarks.</summary>
public sealed class NarrativeTests
{
    private const string Start = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";

    [Theory]
    [InlineData("<p>Hyvää päivää &amp; &#228; &#xE4; &quot;x&quot;</p>")]
    [InlineData("<table class=\"grid\" border='1'><tr><td colspan=\"2\">x</td></tr></table><br/><hr></hr>")]
    [InlineData("<a href=\"https://example.org/a?b=1&amp;c=2\">x</a> <a name=\"n\"/>")]
    [InlineData("<!-- remark --><img src=\"#pic\" alt=\"x\"/>")]
    [InlineData("<img src=\"data: image/png;base64,AAAA\" style=\"background: url(data:image/png;base64,AAAA)\"/>")]
    public void Basic_formatting_is_allowed(string inner) => Assert.Null(Fault(Start + inner + "</div>"));

    [Theory]
    [InlineData("<script>x</script>")]
    [InlineData("<SCRIPT>x</SCRIPT>")]
    [InlineData("<iframe src=\"x\"/>x")]
    [InlineData("<form>x</form>")]
    [InlineData("<object/>x")]
    [InlineData("<svg/>x")]
    [InlineData("<style>x</style>")]
    [InlineData("<p onclick=\"x\">x</p>")]
    [InlineData("<a href=\"javascript:x\">x</a>")]
    [InlineData("<a href=\" java&#115;cript:x\">x</a>")]
    [InlineData("<a href=\"java&#10;script:x\">x</a>")]
    [InlineData("<a href=\"data:text/html,x\">x</a>")]
    [InlineData("<img src=\"https://example.org/x.png\"/>")]
    [InlineData("<img src=\"//example.org/x.png\"/>")]
    [InlineData("<img src=\"\\\\example.org/x.png\"/>")]
    [InlineData("<img src=\"data:image/svg+xml,x\"/>")]
    [InlineData("<p style=\"background: url('https://example.org/x')\">x</p>")]
    [InlineData("<p style=\"b: u\\72l(//example.org)\">x</p>")]
    [InlineData("<p style=\"@import 'x'\">x</p>")]
    [InlineData("<p xmlns=\"http://www.w3.org/2000/svg\">x</p>")]
    [InlineData("<p xmlns:x=\"u\">x</p>")]
    [InlineData("&nbsp;x")]
    [InlineData("&#0;x")]
    [InlineData("&amp x")]
    [InlineData("<!DOCTYPE x>x")]
    [InlineData("<![CDATA[x]]>")]
    [InlineData("<?php x ?>x")]
    [InlineData("<p>x")]
    [InlineData("<p>x</b></p>")]
    [InlineData("<p title=x>x</p>")]
    [InlineData("<p title=\"a\" title=\"b\">x</p>")]
    [InlineData("<p title=\"<\">x</p>")]
    [InlineData("x</div><div>y")]
    [InlineData("  \n ")]
    public void What_runs_or_fetches_or_is_malformed_is_refused(string inner) =>
        Assert.NotNull(Fault(Start + inner + "</div>"));

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("<div>x</div>")]
    [InlineData("<p xmlns=\"http://www.w3.org/1999/xhtml\">x</p>")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>y")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\"")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div")]
    public void The_root_is_one_div_of_XHTML(string div) => Assert.NotNull(Fault(div));

    private static string? Fault(string div) => Lexical.Fault(PrimitiveKind.XHtml, div);
}
