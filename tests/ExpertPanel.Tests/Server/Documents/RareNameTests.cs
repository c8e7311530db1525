using System.Text;
using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

/// <summary>Names outside GB2312, from the bytes of a mail to the file that is printed.</summary>
public sealed class RareNameTests
{
    private const string Text = "委员𠮷某、䶮某、㛃某意见：合法。";

    /// <summary>Text in GB18030 as another implementation encodes it: 𠮷 and 㛃 take four bytes, 䶮 two.</summary>
    private const string Gb18030 = "ceafd4b19534b235c4b3a1a2fe9fc4b3a1a28230b731c4b3d2e2bcfba3babacfb7a8a1a3";

    [Theory]
    [InlineData("gb2312")]
    [InlineData("gb18030")]
    [InlineData("utf-8")]
    public async Task Rare_names_in_a_mailed_opinion_reach_the_printed_file(string label)
    {
        byte[] raw =
        [
            .. Encoding.ASCII.GetBytes($"From: a@example.cn\r\nTo: opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test\r\nContent-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"),
            .. Convert.FromHexString(Gb18030),
        ];
        var mail = await new MailReader().ReadAsync(raw, ReadMailOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(Text, mail.Text);

        var experts = DocumentSamples.Opinion.Experts! with { ReasonsFor = [mail.Text] };
        var file = ReviewOpinionDocx.Write(DocumentSamples.Opinion with { Experts = experts }, new DocumentFonts());

        Assert.Contains(Text, OpenFile.Entries(file)["word/document.xml"], StringComparison.Ordinal);
        Assert.Empty(OpenFile.Problems(file));
    }
}
