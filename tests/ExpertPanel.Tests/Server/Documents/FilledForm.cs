using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Server.Documents;

namespace ExpertPanel.Tests.Server.Documents;

/// <summary>The 专家意见表 of a letter as people send it back: filled in in Word, or by a program that threw the controls away.</summary>
internal sealed class FilledForm : IDisposable
{
    private readonly MemoryStream bytes = new();
    private readonly WordprocessingDocument document;

    public FilledForm(byte[] letter)
    {
        bytes.Write(letter);
        document = WordprocessingDocument.Open(bytes, isEditable: true);
    }

    public static byte[] Letter(string matterNumber, IReadOnlyList<string>? choices = null) => ConsultationLetterDocx.Write(
        DocumentSamples.Consultation with { MatterNumber = matterNumber, Choices = choices ?? DocumentSamples.Consultation.Choices }, new DocumentFonts());

    /// <summary>Types into the control: several lines as Word has them, with breaks.</summary>
    public FilledForm Type(string tag, string text)
    {
        var control = Control(tag);
        control.SdtProperties!.GetFirstChild<ShowingPlaceholder>()?.Remove();
        var content = control.GetFirstChild<SdtContentRun>()!;
        content.RemoveAllChildren();
        var run = new Run();
        foreach (var (line, number) in text.Split('\n').Select((line, number) => (line, number)))
        {
            if (number > 0) run.Append(new Break());
            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        content.Append(run);
        return this;
    }

    public FilledForm Tick(string tag, int number) => Type($"{tag}.{number}", "☑");

    /// <summary>What WPS and others may leave of a form: the same page without a single control.</summary>
    public FilledForm LoseControls()
    {
        while (Body.Descendants<SdtRun>().FirstOrDefault() is { } control)
        {
            foreach (var child in control.GetFirstChild<SdtContentRun>()!.ChildElements.ToList())
            {
                child.Remove();
                control.InsertBeforeSelf(child);
            }

            control.Remove();
        }

        return this;
    }

    /// <summary>Writes into the cell behind a label, paragraph by paragraph.</summary>
    public FilledForm Write(string label, string text)
    {
        var cells = Body.Descendants<TableCell>().ToList();
        var cell = cells[cells.FindIndex(c => c.InnerText == label) + 1];
        cell.RemoveAllChildren<Paragraph>();
        foreach (var line in text.Split('\n')) cell.Append(new Paragraph(new Run(new Text(line) { Space = SpaceProcessingModeValues.Preserve })));
        return this;
    }

    public byte[] Save()
    {
        document.Save();
        document.Dispose();
        return bytes.ToArray();
    }

    public void Dispose()
    {
        document.Dispose();
        bytes.Dispose();
    }

    private Body Body => document.MainDocumentPart!.Document!.Body!;

    private SdtRun Control(string tag) => Body.Descendants<SdtRun>().Single(c => c.SdtProperties!.GetFirstChild<Tag>()!.Val == tag);
}
