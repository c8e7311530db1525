using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Server.Documents;
using ExpertPanel.Workflows.Documents;
using Xunit;

namespace ExpertPanel.Tests.Server.Documents;

public sealed class DocumentContentTests
{
    private static readonly DocumentFonts Fonts = new();

    [Fact]
    public void The_opinion_prints_its_frame_and_every_section_of_the_printable_page()
    {
        var lines = OpenFile.Lines(ReviewOpinionDocx.Write(DocumentSamples.Opinion, Fonts));
        var sections = OpinionSections.Of(DocumentSamples.Opinion);
        string[] expected = [.. sections.SelectMany(section => (string[])[.. section.Heading is { } heading ? [heading] : (string[])[], .. section.Paragraphs.Select(paragraph => paragraph.Text)])];

        Assert.Equal("工作秘密甘政法函〔2014〕12号", lines[0]);
        Assert.Equal("加急", lines[1]);
        Assert.Equal("关于《甘肃省集中供热管理办法（送审稿）》的合法性审查意见书", lines[2]);
        Assert.Equal("省住房和城乡建设厅：", lines[3]);
        Assert.Equal(expected, lines.Skip(4).Take(expected.Length));
        Assert.Equal(
            [
                "附件：1.专家意见汇总表", "2.审查工作底稿目录", DocumentSamples.Office, "2014年10月9日",
                "（联系人：王某，联系电话：0931-0000000）", "抄送：省人民政府办公厅，省发展和改革委员会，省环境保护厅。",
            ],
            lines.Skip(4 + expected.Length));
    }

    [Fact]
    public void Headings_are_in_heiti_and_sub_headings_in_kaiti()
    {
        var byStyle = OpenFile.Word(ReviewOpinionDocx.Write(DocumentSamples.Opinion, Fonts), document => OpenFile.Body(document)
            .Elements<Paragraph>().ToLookup(paragraph => paragraph.ParagraphProperties!.ParagraphStyleId!.Val!.Value, paragraph => paragraph.InnerText));

        Assert.Equal("一、送审情况", byStyle["Heading1"].First());
        Assert.Equal("七、审查结论", byStyle["Heading1"].Last());
        Assert.Equal(["（一）关于权限", "（二）关于程序", "（三）关于内容"], byStyle["Heading2"]);
    }

    [Fact]
    public void The_consultation_letter_brings_the_form_to_fill_in()
    {
        var lines = OpenFile.Lines(ConsultationLetterDocx.Write(DocumentSamples.Consultation, Fonts));

        Assert.Contains("张䶮委员：", lines);
        Assert.Contains("2.第三十五条的罚款数额是否超出权限？", lines);
        Assert.Contains("请于2014年10月8日18时前填写《专家意见表》并签名后答复。", lines);
        Assert.Contains(DocumentSamples.Consultation.RecusalDeclaration, lines);
        Assert.Contains(DocumentSamples.Consultation.SecrecyDeclaration, lines);
        Assert.Contains("附件：专家意见表", lines);
        string[] labels = ["办件编号", "事项名称", "咨询问题", "结论意见", "理　　由", "引用条文", "修改建议", "声　　明", "专家签名", "日　　期"];
        Assert.All(labels, label => Assert.Contains(label, lines));
        Assert.Contains(lines, line => line.StartsWith("□合法　□修改后合法　□不合法", StringComparison.Ordinal));
    }

    [Fact]
    public void The_supplement_notice_lists_everything_that_is_missing_once()
    {
        var lines = OpenFile.Lines(SupplementNoticeDocx.Write(DocumentSamples.Supplement, Fonts));

        Assert.Contains("甘政法函〔2014〕7号", lines);
        Assert.Contains("1.起草说明：应当说明制定的必要性、主要制度和意见分歧的处理情况（依据：《规章制定程序条例》第十七条）。", lines);
        Assert.Contains("2.征求意见的汇总材料：列明每条意见及采纳情况。", lines);
        Assert.Contains("3.制定依据。", lines);
        Assert.Contains("请于2014年10月10日前补正。补正期间不计入审查期限。", lines);
        Assert.Contains("逾期未补正的，视为撤回送审。", lines);
    }

    [Fact]
    public void The_decline_notice_gives_reason_basis_and_the_proper_body()
    {
        var lines = OpenFile.Lines(DeclineNoticeDocx.Write(DocumentSamples.Decline, Fonts));

        Assert.Contains(DocumentSamples.Decline.Reason, lines);
        Assert.Contains(DocumentSamples.Decline.Basis, lines);
        Assert.Contains("该事项请向有管辖权的人民法院或者约定的仲裁机构提出。", lines);
    }

    [Fact]
    public void The_dispatch_sheet_shows_every_hand_and_its_hour()
    {
        var lines = OpenFile.Lines(DispatchSheetDocx.Write(DocumentSamples.Dispatch, Fonts));

        Assert.Equal(DocumentSamples.Office + "发文稿纸", lines[0]);
        string[] expected = ["甘政法函〔2014〕12号", "同意，发。", "李某", "2014年10月9日 10:30", "立法处　钱某", "2014年10月8日 15:20", "行政复议处　孙某", "文书室　吴某", "6份", "加急"];
        Assert.All(expected, text => Assert.Contains(text, lines));
        Assert.Empty(OpenFile.Word(DispatchSheetDocx.Write(DocumentSamples.Dispatch, Fonts), document => OpenFile.Body(document).Descendants<FooterReference>().ToList()));
    }

    [Fact]
    public void The_minutes_record_who_was_there_the_vote_and_the_dissent()
    {
        var lines = OpenFile.Lines(MeetingMinutesDocx.Write(DocumentSamples.Minutes, Fonts));

        Assert.Equal("法律专家论证会纪要", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("2014年9月30日9时，李某在省政府综合楼三楼会议室主持召开论证会", StringComparison.Ordinal));
        Assert.Contains("到会并表决5人，赞成4票、反对1票、弃权0票。", lines);
        Assert.Contains("五、不同意见", lines);
        Assert.Contains("𠮷某：应当删除许可条款，而不是改为备案。", lines);
        Assert.Contains("请假：何某", lines);
        Assert.Contains(lines, line => line.StartsWith("出席：张䶮（兰州大学），", StringComparison.Ordinal));
        Assert.Equal("甘肃省人民政府法制办公室2014年10月8日印发", lines[^1]);
    }

    [Fact]
    public void Hostile_text_neither_breaks_the_file_nor_reads_otherwise_than_it_is_stored()
    {
        var opinion = DocumentSamples.Opinion with
        {
            Submission = "第一段\u0000\u0007</w:t><w:p/>&amp;\r\n第二段\u202E倒着读\u2028第三段\uD800\uFFFE末",
            ConclusionLabel = "合法\n\t且换行",
            ConclusionCode = "<\u0001&>",
            Frame = DocumentSamples.Opinion.Frame with { Title = "标题\u000B<b>\n𠮷䶮㛃", Office = "办\uDC00\"'公室" },
        };

        var file = ReviewOpinionDocx.Write(opinion, Fonts);
        var lines = OpenFile.Lines(file);

        Assert.Empty(OpenFile.Problems(file));
        Assert.Contains("第一段</w:t><w:p/>&amp;", lines);
        Assert.Contains("第二段倒着读", lines);
        Assert.Contains("第三段末", lines);
        Assert.Contains("标题 <b> 𠮷䶮㛃", lines);
        Assert.Contains("经审查，结论为：合法 且换行。", lines);
        Assert.Contains("<cp:keywords>&lt;&amp;&gt;</cp:keywords>", OpenFile.Entries(file)["docProps/core.xml"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("关于《甘肃省集中供热管理办法（送审稿）》的合法性审查意见书", "关于《甘肃省集中供热管理办法", "（送审稿）》的合法性审查意见书")]
    [InlineData("关于补正材料的通知", "关于补正材料的通知")]
    public void A_long_title_breaks_into_balanced_lines(string title, params string[] expected) =>
        Assert.Equal(expected, TitleLines.Of(title, 19));

    [Fact]
    public void A_title_line_never_splits_a_rare_character_or_overflows()
    {
        var lines = TitleLines.Of(string.Concat(Enumerable.Repeat("𠮷", 45)), 19);

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.True(Typeset.Width(line) <= 19 && !char.IsLowSurrogate(line[0])));
    }
}
