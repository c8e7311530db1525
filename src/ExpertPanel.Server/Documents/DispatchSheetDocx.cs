using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>发文稿纸: one form on one page, kept with the document it let out.</summary>
public static class DispatchSheetDocx
{
    private const int Tall = 1300;

    public static byte[] Write(DispatchSheetDocument record, DocumentFonts fonts)
    {
        var name = DocumentText.Line(record.Office) + "发文稿纸";
        return new OfficialPage(fonts)
            .Add(SheetName(name))
            .Add(Form(record).Table)
            .End()
            .ToFile(PageForm.Sheet, new FileProperties(name, record.Office, record.IssuedOn));
    }

    private static FormTable Form(DispatchSheetDocument sheet) => new FormTable()
        .Row("发文字号", sheet.Number, "成文日期", sheet.IssuedOn is { } day ? DocumentText.Date(day) : "")
        .Row("密　　级", sheet.Secrecy, "紧急程度", sheet.Urgency)
        .Row("签　　发", Lines(sheet.SignedOff), "会　　签", [.. sheet.Countersigned.SelectMany(step => Lines(step))], Tall)
        .Row("审　　核", Lines(sheet.Approved), "核　　稿", Lines(sheet.Verified), Tall)
        .Row("拟　　稿", Lines(sheet.Drafted), "用　　印", Lines(sheet.Sealed), Tall)
        .Row("标　　题", sheet.Title, height: 900)
        .Row("主　　送", sheet.PrimaryRecipient)
        .Row("抄　　送", string.Join('，', sheet.Cc.Select(DocumentText.Line)))
        .Row("附　　件", [.. sheet.Attachments.Select((attachment, index) => $"{index + 1}.{DocumentText.Line(attachment)}")])
        .Row("印　　数", sheet.Copies is { } copies ? copies.ToString(CultureInfo.InvariantCulture) + "份" : "");

    private static IReadOnlyList<string> Lines(HandlingStep? step) => step is null
        ? []
        :
        [
            .. DocumentText.Paragraphs(step.Opinion),
            string.Join('　', new[] { DocumentText.Line(step.Unit), DocumentText.Line(step.Person) }.Where(part => part.Length > 0)),
            .. DocumentText.Paragraphs(DocumentText.Time(step.At)),
        ];

    private static Paragraph SheetName(string name)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Title, name);
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(PageMeasures.TitleLine, after: PageMeasures.LinePitch / 2);
        return paragraph;
    }
}
