using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Screening;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

/// <summary>Bytes to text, and HTML to text.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("gb18030", "gb2312", "委员𠮷某、䶮某、㛃某回避")]
    [InlineData("gb18030", "GBK", "朱镕基")]
    [InlineData("gb18030", null, "同意")]
    [InlineData("gb18030", "utf-8", "不同意")]
    [InlineData("gb18030", "us-ascii", "同意第三条的修改意见")]
    [InlineData("gb18030", "windows-1252", "同意第三条的修改意见")]
    [InlineData("utf-8", "gb2312", "同意")]
    [InlineData("utf-8", "iso-8859-1", "同意")]
    [InlineData("utf-8", null, "𠮷䶮㛃")]
    [InlineData("gb18030", "gb2312", "联通")]
    [InlineData("big5", "big5", "諮詢意見")]
    [InlineData("big5", null, "各位專家：茲將供熱條例草案送上，請於九月三十日前提出審查意見，並依程序辦理。法制辦公室敬啟。")]
    [InlineData("iso-8859-1", "iso-8859-1", "Déjà vu à Genève")]
    [InlineData("utf-16", null, "同意")]
    [InlineData("gb18030", "no-such-charset", "同意，没有意见")]
    public void Text_survives_a_missing_or_wrong_label(string actual, string? label, string text)
    {
        var encoding = Encoding.GetEncoding(actual);
        byte[] bytes = actual is "utf-16" ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);

        Assert.Equal(text, CharsetRepair.Decode(bytes, label));
    }

    [Theory]
    [InlineData("<div>一</div><div>二</div>", "一\n二")]
    [InlineData("<div>一<br></div><div><br></div><div>二</div>", "一\n\n二")]
    [InlineData("<p>一</p><p>二</p>", "一\n\n二")]
    [InlineData("  a \n  b  ", "a b")]
    [InlineData("<b>a</b> <i>b</i>", "a b")]
    [InlineData("<ul><li>一</li><li>二</li></ul>", "一\n二")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb")]
    [InlineData("<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("a<script>alert(1)</script><style>x</style><!-- c -->b", "ab")]
    [InlineData("1 &lt; 2 &amp; 3&nbsp;&gt; 2", "1 < 2 & 3 > 2")]
    [InlineData("a<blockquote type=cite>q<br>r</blockquote>b", "a\n> q\n> r\nb")]
    [InlineData("a<blockquote>indented</blockquote>", "a\nindented")]
    [InlineData("", "")]
    public void Html_becomes_the_text_a_person_reads(string html, string text)
    {
        Assert.Equal(text, HtmlText.ToPlain(html, TestContext.Current.CancellationToken).TrimEnd('\n'));
    }

    [Theory]
    [InlineData("255044462D312E34", "application/pdf")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("D0CF11E0A1B11AE1", "application/x-ole-storage")]
    [InlineData("504B0304", "application/zip")]
    [InlineData("504B05060000000000000000000000000000000000FF", "application/zip")]
    [InlineData("4D5A90", "application/x-msdownload")]
    [InlineData("00010203", "application/octet-stream")]
    [InlineData("E5908CE6848F", "text/plain")]
    [InlineData("", "application/x-empty")]
    public void A_file_is_what_its_content_says(string hex, string type)
    {
        Assert.Equal(type, MediaTypeSniffer.Sniff(Convert.FromHexString(hex)));
    }
}
