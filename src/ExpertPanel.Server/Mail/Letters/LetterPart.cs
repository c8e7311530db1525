using System.Text;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>A piece of a letter's body. The plain text and the page are made from the same pieces, so both say the same.</summary>
public abstract record LetterPart
{
    private LetterPart()
    {
    }

    public sealed record Paragraph(string Text) : LetterPart;

    /// <summary>Lines under a heading, numbered when there are several.</summary>
    public sealed record Items(string Heading, IReadOnlyList<string> Lines) : LetterPart;

    public sealed record Link(string Label, Uri Address) : LetterPart;

    /// <summary>Lines to be filled in and sent back: shown as they stand.</summary>
    public sealed record Form(IReadOnlyList<string> Lines) : LetterPart;

    internal void AppendText(StringBuilder text)
    {
        switch (this)
        {
            case Paragraph paragraph:
                text.Append(paragraph.Text).Append('\n');
                break;
            case Items items:
                text.Append(items.Heading).Append("：\n");
                for (var i = 0; i < items.Lines.Count; i++)
                    text.Append("  ").Append(items.Lines.Count > 1 ? FormattableString.Invariant($"{i + 1}. ") : "").Append(items.Lines[i]).Append('\n');
                break;
            case Link link:
                text.Append(link.Label).Append("：\n").Append(link.Address.AbsoluteUri).Append('\n');
                break;
            case Form form:
                foreach (var line in form.Lines) text.Append(line).Append('\n');
                break;
        }

        text.Append('\n');
    }
}
