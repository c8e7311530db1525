using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Server.Documents;

/// <summary>Paragraphs and runs. Every text of a person passes through <see cref="Run(string)"/>, which cleans it.</summary>
internal static class Typeset
{
    public static Paragraph Paragraph(string style, params OpenXmlElement[] content)
    {
        var paragraph = new Paragraph(new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = style } });
        paragraph.Append(content);
        return paragraph;
    }

    public static Paragraph Paragraph(string style, string text) => Paragraph(style, Run(text));

    /// <summary>The hint makes “ ” — · take the Chinese face: by their code points alone they would come out Latin and narrow.</summary>
    public static Run Run(string text) => new(
        new RunProperties { RunFonts = new RunFonts { Hint = FontTypeHintValues.EastAsia } },
        new Text(DocumentText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve });

    public static Run Run(string text, FontChoice face)
    {
        var run = Run(text);
        run.RunProperties!.RunFonts = new RunFonts { Hint = FontTypeHintValues.EastAsia, EastAsia = face.Name };
        return run;
    }

    public static Run Tab() => new(new TabChar());

    public static Run LineBreak() => new(new Break());

    /// <summary>Lines this many twips apart, whatever the face.</summary>
    public static SpacingBetweenLines Exactly(int pitch, int before = 0, int after = 0) => new()
    {
        Before = before.ToString(CultureInfo.InvariantCulture),
        After = after.ToString(CultureInfo.InvariantCulture),
        Line = pitch.ToString(CultureInfo.InvariantCulture),
        LineRule = LineSpacingRuleValues.Exact,
    };

    /// <summary>The width of a line in Chinese characters, a Latin letter or figure being half of one.</summary>
    public static double Width(string text) => text.EnumerateRunes().Sum(rune => rune.Value < 0x2E80 && rune.IsAscii ? 0.5 : 1);

    public static ParagraphProperties Properties(this Paragraph paragraph) =>
        // Every paragraph made here has its properties first; a null would be a mistake of this class.
        paragraph.ParagraphProperties!;

    public static void AddKeepNext(this ParagraphProperties properties) => properties.KeepNext = new KeepNext();
}
