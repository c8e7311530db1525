using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>专家咨询函 as a letter, with the 专家意见表 to fill in on the page after it.</summary>
public static class ConsultationLetterDocx
{
    private const string FormName = "专家意见表";

    public static byte[] Write(ConsultationLetterDocument record, DocumentFonts fonts)
    {
        var frame = record.Frame with { Attachments = [.. record.Frame.Attachments, FormName] };
        return OfficialPage.Letter(frame, ConsultationLetterSections.Of(record), fonts, attached: page => AppendForm(page, record));
    }

    private static void AppendForm(OfficialPage page, ConsultationLetterDocument letter) => page
        .AttachmentHead(FormName)
        .Add(new FormTable()
            .Row("办件编号", letter.MatterNumber, "答复期限", DocumentText.Time(letter.DueAt))
            .Row("事项名称", letter.MatterTitle)
            .Row("咨询问题", [.. letter.Questions.Select((question, index) => $"{index + 1}.{DocumentText.Line(question)}")])
            .Row("结论意见", [string.Join('　', letter.Choices.Select(choice => "□" + DocumentText.Line(choice))) + "（请选一项划√）"])
            .Row("理　　由", "", height: 2800)
            .Row("引用条文", "", height: 1300)
            .Row("修改建议", "", height: 1500)
            .Row("声　　明", ["□ 本人与本事项无利害关系，没有应当回避的情形。", "□ 本人应当回避，理由：", "本人对咨询内容和所附材料承担保密义务。"])
            .Row("专家签名", [], "日　　期", [DocumentText.Date(null)], height: 900)
            .Table);
}
