using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Box = DocumentFormat.OpenXml.Office2010.Word;

namespace ExpertPanel.Server.Documents;

/// <summary>
/// A place of a form to fill in: a content control with a tag, by which a program finds it again. Word shows a field to type into or a box to
/// click; a program that knows no controls shows the same as plain text, and the form can be filled in all the same.
/// </summary>
internal abstract record FormControl(string Tag)
{
    public abstract IEnumerable<OpenXmlElement[]> Lines();

    /// <summary>A number for each control, out of the tag alone: the same form always gives the same bytes.</summary>
    protected static SdtProperties Properties(string tag, params OpenXmlElement[] kind)
    {
        var id = tag.Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter)) & int.MaxValue;
        var properties = new SdtProperties(new SdtAlias { Val = tag }, new Tag { Val = tag }, new SdtId { Val = id });
        properties.Append(kind);
        return properties;
    }
}

/// <summary>Words, in as many lines as wanted.</summary>
internal sealed record TextControl(string Tag, string Prompt, bool OneLine = false) : FormControl(Tag)
{
    public override IEnumerable<OpenXmlElement[]> Lines() =>
    [
        [new SdtRun(Properties(Tag, new ShowingPlaceholder(), new SdtContentText { MultiLine = !OneLine }), new SdtContentRun(Typeset.Run(Prompt)))],
    ];
}

/// <summary>Boxes to tick, each before its words.</summary>
/// <param name="Tag">The tag of the whole; each box adds its number.</param>
/// <param name="Choices">The words.</param>
/// <param name="Hint">Stands behind the last.</param>
/// <param name="Stacked">Each on a line of its own.</param>
internal sealed record TickControl(string Tag, IReadOnlyList<string> Choices, string Hint = "", bool Stacked = false) : FormControl(Tag)
{
    public const string Empty = "□";

    public override IEnumerable<OpenXmlElement[]> Lines()
    {
        var lines = Choices.Select((choice, number) => (OpenXmlElement[])[Box(number + 1), Typeset.Run(choice)]).ToList();
        if (Hint.Length > 0) lines[^1] = [.. lines[^1], Typeset.Run(Hint)];
        return Stacked ? lines : [[.. lines.SelectMany((line, number) => number == 0 ? line : line.Prepend(Typeset.Run("　")))]];
    }

    private SdtRun Box(int number) => new(
        Properties(
            FormattableString.Invariant($"{Tag}.{number}"),
            new Box.SdtContentCheckBox(
                new Box.Checked { Val = DocumentFormat.OpenXml.Office2010.Word.OnOffValues.Zero },
                new Box.CheckedState { Font = "MS Gothic", Val = "2611" },
                new Box.UncheckedState { Font = "MS Gothic", Val = "25A1" })),
        new SdtContentRun(Typeset.Run(Empty)));
}
