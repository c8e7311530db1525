using ExpertPanel.Workflows.Documents;
using static ExpertPanel.Server.Documents.OpinionForm;

namespace ExpertPanel.Server.Documents;

/// <summary>专家咨询函 as a letter, with the 专家意见表 to fill in on the page after it; <see cref="OpinionForm"/> reads the form when it comes back.</summary>
public static class ConsultationLetterDocx
{
    public static byte[] Write(ConsultationLetterDocument record, DocumentFonts fonts)
    {
        var frame = record.Frame with { Attachments = [.. record.Frame.Attachments, OpinionForm.Title] };
        return OfficialPage.Letter(frame, ConsultationLetterSections.Of(record), fonts, attached: page => AppendForm(page, record));
    }

    private static void AppendForm(OfficialPage page, ConsultationLetterDocument letter) => page
        .AttachmentHead(OpinionForm.Title)
        .Add(new FormTable()
            .Row(Field.Matter, letter.MatterNumber, "答复期限", DocumentText.Time(letter.DueAt))
            .Row("事项名称", letter.MatterTitle)
            .Row("咨询问题", [.. letter.Questions.Select((question, index) => $"{index + 1}.{DocumentText.Line(question)}")])
            .Row(Field.Conclusion, new TickControl(Tag.Conclusion, [.. letter.Choices.Select(DocumentText.Line)], ChoiceHint))
            .Row(Field.Grounds, new TextControl(Tag.Grounds, Prompt), height: 2600)
            .Row(Field.Articles, new TextControl(Tag.Articles, Prompt), height: 1200)
            .Row(Field.Suggestions, new TextControl(Tag.Suggestions, Prompt), height: 1400)
            .Row(Field.Dissent, new TickControl(Tag.Dissent, ["作为不同意见单独记录"]))
            .Row(Field.Declaration, new TickControl(Tag.Declaration, ["本人与本事项无利害关系，没有应当回避的情形。", RecusalChoice], Stacked: true))
            .Row(Field.Signature, new TextControl(Tag.Signature, Prompt, OneLine: true), Field.Date, new TextControl(Tag.Date, DocumentText.Date(null), OneLine: true), height: 900)
            .Table)
        .Add(Typeset.Paragraph(OfficialStyles.Cell, "本人对咨询内容和所附材料承担保密义务。"));
}
