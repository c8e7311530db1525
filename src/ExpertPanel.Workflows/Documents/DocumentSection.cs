namespace ExpertPanel.Workflows.Documents;

/// <summary>A first-level heading (一、) and what stands under it. Without a heading the paragraphs open or close the letter.</summary>
public sealed record DocumentSection(string? Heading, IReadOnlyList<DocumentParagraph> Paragraphs);

/// <summary>One paragraph: already clean, on one line.</summary>
public sealed record DocumentParagraph(ParagraphLevel Level, string Text);

public enum ParagraphLevel
{
    /// <summary>仿宋, with 1. and (1) written into the text where items are counted.</summary>
    Text,

    /// <summary>（一）in 楷体.</summary>
    SubHeading,
}

/// <summary>Collects sections in order and counts their headings; a section nobody filled takes no number.</summary>
internal sealed class SectionList
{
    private readonly List<DocumentSection> _sections = [];
    private int _headings;

    public IReadOnlyList<DocumentSection> Sections => _sections;

    public SectionList Unheaded(IReadOnlyList<DocumentParagraph> paragraphs)
    {
        if (paragraphs.Count > 0)
            _sections.Add(new DocumentSection(Heading: null, paragraphs));
        return this;
    }

    public SectionList Headed(string heading, IReadOnlyList<DocumentParagraph> paragraphs)
    {
        if (paragraphs.Count > 0)
            _sections.Add(new DocumentSection(DocumentText.ChineseNumeral(++_headings) + "、" + heading, paragraphs));
        return this;
    }

    public static IReadOnlyList<DocumentParagraph> Text(string? text) =>
        [.. DocumentText.Paragraphs(text).Select(line => new DocumentParagraph(ParagraphLevel.Text, line))];

    public static DocumentParagraph SubHeading(int number, string text) =>
        new(ParagraphLevel.SubHeading, "（" + DocumentText.ChineseNumeral(number) + "）" + DocumentText.Line(text));

    /// <summary>Items counted 1. 2. 3.; a single item isn't counted. An item's further lines are paragraphs of their own.</summary>
    public static IReadOnlyList<DocumentParagraph> Items(IEnumerable<string> items)
    {
        var filled = items.Select(DocumentText.Paragraphs).Where(lines => lines.Count > 0).ToList();
        return [.. filled.SelectMany((lines, index) => lines.Select((line, at) => new DocumentParagraph(
            ParagraphLevel.Text, at == 0 && filled.Count > 1 ? $"{index + 1}.{line}" : line)))];
    }
}
