using ExpertPanel.Workflows.Documents;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

public sealed class DocumentTextTests
{
    [Theory]
    [InlineData(1, "一")]
    [InlineData(9, "九")]
    [InlineData(10, "十")]
    [InlineData(11, "十一")]
    [InlineData(20, "二十")]
    [InlineData(99, "九十九")]
    public void Headings_count_in_Chinese(int number, string numeral) => Assert.Equal(numeral, DocumentText.ChineseNumeral(number));

    [Fact]
    public void Dates_are_not_padded_and_times_are_local()
    {
        var utc = new DateTimeOffset(2014, 10, 8, 16, 5, 0, TimeSpan.Zero);

        Assert.Equal("2014年1月5日", DocumentText.Date(new DateOnly(2014, 1, 5)));
        Assert.Equal("2014年10月9日 0:05", DocumentText.Time(utc));
        Assert.Equal("2014年10月9日0时5分", DocumentText.TimeInWords(utc));
        Assert.Equal("", DocumentText.Time(null));
    }

    [Fact]
    public void Every_kind_of_line_break_begins_a_paragraph_and_empty_ones_are_dropped() =>
        Assert.Equal(
            ["一", "二", "三", "四", "五", "六", "七"],
            DocumentText.Paragraphs("　　一\r\n\r\n二\n三\r四\u000B五\u2028六\u0085 \u0000 \n七\t"));

    [Fact]
    public void Only_what_no_document_can_hold_is_taken_out()
    {
        // Not inline data of a theory: attributes can't hold a lone surrogate.
        Assert.Equal("𠮷䶮㛃", DocumentText.Clean("𠮷䶮㛃"));
        Assert.Equal("葛\U000E0100城", DocumentText.Clean("葛\U000E0100城"));
        Assert.Equal("", DocumentText.Clean("\uD842"));
        Assert.Equal("字", DocumentText.Clean("\uDFB7字"));
        Assert.Equal("ab", DocumentText.Clean("a\u0000\u0008\u001Fb\uFFFF"));
        Assert.Equal("反", DocumentText.Clean("\u202E反\u2066"));
        Assert.Equal("", DocumentText.Clean(null));
    }

    [Fact]
    public void A_section_nobody_filled_takes_no_number()
    {
        var sections = OpinionSections.Of(DocumentSamples.Opinion with { Opening = null, Suggestions = [], Risks = ["\n"], Experts = null });

        Assert.Equal(["一、送审情况", "二、审查依据", "三、审查意见", "四、审查结论"], sections.Select(section => section.Heading));
    }

    [Fact]
    public void The_sections_come_in_order_with_the_opening_before_them() =>
        Assert.Equal(
            [null, "一、送审情况", "二、审查依据", "三、审查意见", "四、修改建议", "五、风险提示", "六、专家咨询情况", "七、审查结论"],
            OpinionSections.Of(DocumentSamples.Opinion).Select(section => section.Heading));

    [Fact]
    public void A_problem_names_its_article_and_a_single_item_is_not_counted()
    {
        var findings = Texts("三、审查意见");

        Assert.Contains("起草说明未说明听证情况，涉及供热价格的条款应当补充论证材料（依据：《规章制定程序条例》第十五条）。", findings);
        Assert.Contains("1.第八条设定“供热经营许可证”，规章无权设定该项行政许可（依据：《中华人民共和国行政许可法》第十七条）。", findings);
    }

    [Fact]
    public void The_experts_counts_reasons_and_dissents_are_all_kept()
    {
        var experts = Texts("六、专家咨询情况");

        Assert.Equal("本件共咨询法律专家5名，收到书面意见5份，其中赞成3份、反对1份、弃权1份。", experts[0]);
        Assert.Equal(["赞成的主要理由：", "1.制定权限清楚，程序基本完备。", "2.主要制度有上位法依据。"], experts.Skip(1).Take(3));
        Assert.Contains("不同意见（原文）：委员𠮷某：备案如附加审查条件，实质上仍是许可，应当删除而不是修改。", experts);
        Assert.StartsWith("对专家意见的采纳说明：", experts[^1], StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Texts(string heading) =>
        [.. OpinionSections.Of(DocumentSamples.Opinion).Single(section => section.Heading == heading).Paragraphs.Select(paragraph => paragraph.Text)];
}
