using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// Builds one official document from top to bottom by GB/T 9704-2012. The writers say what stands on the page; how it
/// stands there is known only here.
/// </summary>
internal sealed class OfficialPage(DocumentFonts fonts)
{
    private readonly Body _body = new();

    /// <summary>The whole of a letter: number, title, recipient, text, signature and imprint, and what is attached after it.</summary>
    public static byte[] Letter(LetterFrame frame, IReadOnlyList<DocumentSection> sections, DocumentFonts fonts, Action<OfficialPage>? attached = null, string? keywords = null)
    {
        var page = new OfficialPage(fonts)
            .Marks(frame)
            .Title(frame.Title)
            .Recipient(frame.PrimaryRecipient)
            .Sections(sections)
            .Attachments(frame.Attachments)
            .Signature(frame.Office, frame.IssuedOn)
            .Contact(frame.Contact);
        attached?.Invoke(page);
        return page
            .Imprint(frame.Cc, frame.Imprint)
            .ToFile(PageForm.Letter(frame.RedHead ?? frame.Office), new FileProperties(frame.Title, frame.Office, frame.IssuedOn, keywords));
    }

    public byte[] ToFile(PageForm form, FileProperties properties) => OfficialFile.Write(_body, form, properties, fonts);

    public OfficialPage Add(params OpenXmlElement[] elements)
    {
        _body.Append(elements);
        return this;
    }

    /// <summary>密级 and 紧急程度 flush left, one below the other; the number flush right on the first of these lines.</summary>
    public OfficialPage Marks(LetterFrame frame)
    {
        string[] marks = [.. new[] { frame.Secrecy, frame.Urgency }.Select(DocumentText.Line).Where(mark => mark.Length > 0)];
        var number = DocumentText.Line(frame.Number);
        if (frame.Upward)
            return MarkLines(marks).Add(Spread("　" + number, "签发人：" + DocumentText.Line(frame.Signer) + "　", fonts.Body));
        Add(Spread(marks.FirstOrDefault(""), number, fonts.Heading));
        return MarkLines(marks.Skip(1));
    }

    public OfficialPage Title(string title)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Title);
        foreach (var line in TitleLines.Of(DocumentText.Line(title), PageMeasures.TitleCharacters))
        {
            if (paragraph.ChildElements.Count > 1)
                paragraph.Append(Typeset.LineBreak());
            paragraph.Append(Typeset.Run(line));
        }
        return Add(paragraph);
    }

    public OfficialPage Recipient(string recipient) =>
        Add(Typeset.Paragraph(OfficialStyles.Flush, DocumentText.Line(recipient).TrimEnd('：', ':') + "："));

    public OfficialPage Sections(IReadOnlyList<DocumentSection> sections)
    {
        foreach (var section in sections)
        {
            if (section.Heading is { } heading)
                Add(Typeset.Paragraph(OfficialStyles.Heading, heading));
            foreach (var paragraph in section.Paragraphs)
                Add(Typeset.Paragraph(paragraph.Level == ParagraphLevel.SubHeading ? OfficialStyles.SubHeading : OfficialStyles.Body, paragraph.Text));
        }
        return this;
    }

    /// <summary>附件说明: a line below the text, the names aligned under each other, no full stop.</summary>
    public OfficialPage Attachments(IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            KeepLastWithNext();
            Add(KeptWithNext(Typeset.Paragraph(OfficialStyles.Flush)));
        }
        for (var i = 0; i < names.Count; i++)
        {
            var number = names.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}.") : "";
            var hanging = i == 0 ? 3 + Typeset.Width(number) : Typeset.Width(number);
            var paragraph = Typeset.Paragraph(OfficialStyles.Flush, (i == 0 ? "附件：" : "") + number + DocumentText.Line(names[i]));
            paragraph.Properties().Indentation = new Indentation { Left = Characters(5 + Typeset.Width(number)), Hanging = Characters(hanging) };
            Add(KeptWithNext(paragraph));
        }
        return this;
    }

    /// <summary>
    /// The date four characters from the right, the office centred above it; a name too long for that stands at the margin and
    /// the date is centred below. Room is left for the seal. It never stands alone on a page: the last lines of the text stay with it.
    /// </summary>
    public OfficialPage Signature(string office, DateOnly? issuedOn)
    {
        var name = DocumentText.Line(office);
        var date = DocumentText.Date(issuedOn);
        var (nameWidth, dateWidth) = (Typeset.Width(name), Typeset.Width(date));
        var nameIndent = Math.Max(4 + (dateWidth - nameWidth) / 2, 0);
        var dateIndent = nameIndent + (nameWidth - dateWidth) / 2;
        KeepLastWithNext();
        return Add(
            KeptWithNext(Typeset.Paragraph(OfficialStyles.Flush)),
            KeptWithNext(Typeset.Paragraph(OfficialStyles.Flush)),
            KeptWithNext(FromRight(name, nameIndent)),
            FromRight(date, dateIndent));
    }

    /// <summary>附注: below the date, in brackets.</summary>
    public OfficialPage Contact(ContactPerson? contact)
    {
        if (contact is null)
            return this;
        KeepLastWithNext();
        var paragraph = Typeset.Paragraph(OfficialStyles.Body, $"（联系人：{DocumentText.Line(contact.Name)}，联系电话：{DocumentText.Line(contact.Telephone)}）");
        paragraph.Properties().Justification = new Justification { Val = JustificationValues.Left };
        return Add(paragraph);
    }

    /// <summary>An attachment begins on its own page with 附件 at the head, and its title in the middle of the third line.</summary>
    public OfficialPage AttachmentHead(string title)
    {
        var mark = Typeset.Paragraph(OfficialStyles.Flush, Typeset.Run("附件", fonts.Heading));
        mark.Properties().PageBreakBefore = new PageBreakBefore();
        var heading = Typeset.Paragraph(OfficialStyles.Title, title);
        heading.Properties().SpacingBetweenLines = Typeset.Exactly(PageMeasures.TitleLine, before: PageMeasures.LinePitch / 2, after: PageMeasures.LinePitch / 2);
        return Add(mark, heading);
    }

    /// <summary>A file must end in a paragraph, also after a table; this one is a hair high, so that it begins no page of its own.</summary>
    public OfficialPage End()
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush);
        paragraph.Properties().SnapToGrid = new SnapToGrid { Val = false };
        paragraph.Properties().SpacingBetweenLines = Typeset.Exactly(10);
        return Add(paragraph);
    }

    public OfficialPage Imprint(IReadOnlyList<string> cc, ImprintLine? imprint) => OfficialImprint.Of(cc, imprint) is { Count: > 0 } framed ? Add([.. framed]).End() : this;

    private void KeepLastWithNext() => (_body.LastChild as Paragraph)?.Properties().AddKeepNext();

    private OfficialPage MarkLines(IEnumerable<string> marks)
    {
        foreach (var mark in marks)
            Add(Typeset.Paragraph(OfficialStyles.Flush, Typeset.Run(mark, fonts.Heading)));
        return this;
    }

    private static Paragraph Spread(string left, string right, FontChoice leftFace)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush, Typeset.Run(left, leftFace), Typeset.Tab(), Typeset.Run(right));
        paragraph.Properties().Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = PageMeasures.TextWidth });
        return paragraph;
    }

    private static Paragraph FromRight(string text, double characters)
    {
        var paragraph = Typeset.Paragraph(OfficialStyles.Flush, text);
        paragraph.Properties().Indentation = new Indentation { Right = Characters(characters) };
        paragraph.Properties().Justification = new Justification { Val = JustificationValues.Right };
        return paragraph;
    }

    private static Paragraph KeptWithNext(Paragraph paragraph)
    {
        paragraph.Properties().AddKeepNext();
        return paragraph;
    }

    /// <summary>Twips of so many body characters as the grid sets them.</summary>
    private static string Characters(double count) =>
        ((int)(count * PageMeasures.TextWidth / 28)).ToString(CultureInfo.InvariantCulture);
}
