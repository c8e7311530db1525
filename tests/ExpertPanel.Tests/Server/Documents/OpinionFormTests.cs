using ExpertPanel.Server.Documents;
using ExpertPanel.Server.Screening;
using ExpertPanel.Tests.Server.Screening;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

/// <summary>What is written into the form of a letter comes back out of it, letter for letter.</summary>
public sealed class OpinionFormTests
{
    private const string Number = "620000-2014-0001";
    private const string Grounds = "一、𠮷县长张䶮、李㛃签订的协议，第三条无上位法依据。\n二、“特许经营”期限超过三十年。";

    [Fact]
    public void A_form_filled_in_in_its_controls_comes_back_letter_for_letter()
    {
        using var form = new FilledForm(FilledForm.Letter(Number))
            .Tick("opinion.conclusion", 2).Type("opinion.grounds", Grounds).Type("opinion.articles", "《行政许可法》第十六条").Type("opinion.suggestions", "删去第三条。")
            .Tick("opinion.dissent", 1).Tick("opinion.declaration", 1).Type("opinion.signature", "张䶮").Type("opinion.date", "2014年9月30日");
        var bytes = form.Save();

        Assert.Empty(OpenFile.Problems(bytes));
        Assert.Equal(new OpinionForm(Number, "修改后合法", Unclear: false, Grounds, "《行政许可法》第十六条", "删去第三条。", Dissent: true, Recuses: false, "张䶮", "2014年9月30日"), Read(bytes));
        Assert.Equal($"{Grounds}\n\n引用条文：\n《行政许可法》第十六条", Read(bytes)!.Text);
    }

    [Fact]
    public void A_form_that_lost_its_controls_is_read_by_its_labels()
    {
        using var form = new FilledForm(FilledForm.Letter(Number)).LoseControls()
            .Write("结论意见", "□合法　√修改后合法　□不合法（请选一项划√）").Write("理　　由", Grounds).Write("引用条文", "").Write("修改建议", "（请在此填写）")
            .Write("声　　明", "□ 本人与本事项无利害关系，没有应当回避的情形。\n√ 本人应当回避，理由：曾任代理人").Write("专家签名", "李 㛃");
        var read = Read(form.Save())!;

        Assert.Equal((Number, "修改后合法", Grounds, "", "", true, "李 㛃"), (read.MatterNumber, read.Conclusion, read.Grounds, read.Articles, read.Suggestions, read.Recuses, read.SignedBy));
    }

    [Theory]
    [InlineData("☑合法　□修改后合法　□不合法", "合法")]
    [InlineData("□合法　□√修改后合法　□不合法", "修改后合法")]
    [InlineData("□合法　√□修改后合法　□不合法", "修改后合法")]
    [InlineData("□合法√　□修改后合法　□不合法", "合法")]
    [InlineData("□合法　□修改后合法　□不合法√", "不合法")]
    [InlineData("√合法", "合法")]
    [InlineData("合法√　修改后合法　不合法", "合法")]
    [InlineData("修改后合法", "修改后合法")]
    [InlineData("□不合法", "不合法")]
    [InlineData("■合法\n□修改后合法\n□不合法", "合法")]
    [InlineData("□合法　□修改后合法　□不合法", null)]
    [InlineData("☑合法　☑修改后合法　□不合法", null)]
    [InlineData("合法　修改后合法　不合法", null)]
    [InlineData("", null)]
    public void However_a_choice_is_ticked_it_is_seen_and_two_are_none(string cell, string? chosen)
    {
        var ticked = TickedChoices.In(cell);

        Assert.Equal(chosen, ticked.Count == 1 ? ticked[0] : null);
    }

    [Fact]
    public void The_letters_own_form_is_empty_and_another_document_is_no_form()
    {
        var empty = Read(FilledForm.Letter(Number));

        Assert.False(empty!.IsFilled);
        Assert.Equal("", empty.Text + empty.Suggestions + empty.SignedBy);
        Assert.Null(Read(SupplementNoticeDocx.Write(DocumentSamples.Supplement, new DocumentFonts())));
        Assert.Null(OpinionForm.Read("application/pdf", "%PDF-1.4"u8.ToArray(), CancellationToken.None));
        Assert.Null(Read(HostileFiles.Zip(("word/document.xml", "<broken"u8.ToArray()))));
    }

    [Fact]
    public void A_document_of_a_million_nested_controls_is_settled()
    {
        var xml = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + string.Concat(Enumerable.Repeat("<w:sdt>", 300_000)) + "x";

        Assert.Null(Read(HostileFiles.Zip(("word/document.xml", System.Text.Encoding.UTF8.GetBytes(xml)))));
    }

    private static OpinionForm? Read(byte[] docx) => OpinionForm.Read(FileScreen.Docx, docx, CancellationToken.None);
}
