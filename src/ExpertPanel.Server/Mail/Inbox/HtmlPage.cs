using System.Text;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>One line as the page shows it. Depth: how often it is cited; Box: the innermost frame that may be a quote; Answer: all in an answer's colour.</summary>
internal sealed record HtmlLine(string Text, int Depth, int Box, bool Answer)
{
    public bool IsBlank => Text.Length == 0;
}

/// <summary>The page being written, line by line.</summary>
internal sealed class HtmlPage
{
    private readonly List<HtmlLine> lines = [];
    private readonly StringBuilder line = new();
    private readonly Stack<int> boxes = new([0]);
    private readonly List<int> parents = [0];
    private readonly Stack<bool> colours = new([false]);
    private bool lineOpen;
    private bool spaceDue;
    private bool gapDue;
    private bool endDue;
    private int cellDepth;
    private int letters;
    private int answerLetters;

    public int CitationDepth { get; set; }

    public int PreformattedDepth { get; set; }

    public (IReadOnlyList<HtmlLine> Lines, IReadOnlyList<int> BoxParents) Lines()
    {
        Close();
        return (lines, parents);
    }

    public void OpenBox()
    {
        EndLine();
        parents.Add(boxes.Peek());
        boxes.Push(parents.Count - 1);
    }

    public void CloseBox() => boxes.Pop();

    public void PushColour(bool answer) => colours.Push(answer);

    public void PopColour() => colours.Pop();

    public void Write(string data)
    {
        foreach (var c in data)
        {
            if (PreformattedDepth > 0 && c is '\n') Break();
            else if (PreformattedDepth > 0 && c is not '\r') Put(c);
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f') spaceDue = lineOpen && line.Length > 0;
            else if (c is not ('\u200B' or '\uFEFF')) Put(c);
        }
    }

    public void Prefix(string number)
    {
        foreach (var c in number) Put(c);
    }

    public void Break()
    {
        if (cellDepth > 0)
        {
            EndLine();
            return;
        }

        if (!lineOpen) OpenLine();
        Close();
    }

    /// <summary>Within a cell only the next letter shows whether the row goes on in a new line.</summary>
    public void EndLine()
    {
        if (cellDepth > 0) endDue = lineOpen && line.Length > 0 && line[^1] != '\t';
        else Close();
    }

    public void EndRow() => Close();

    public void Gap()
    {
        if (cellDepth == 0) gapDue = lines.Count > 0;
    }

    public void EnterCell()
    {
        cellDepth++;
        endDue = false;
        if (!lineOpen) return;
        line.Append('\t');
        spaceDue = false;
    }

    public void LeaveCell()
    {
        cellDepth--;
        endDue = false;
        if (!lineOpen) OpenLine();
    }

    private void Put(char c)
    {
        if (endDue) Close();
        if (!lineOpen) OpenLine();
        if (spaceDue) line.Append(' ');
        spaceDue = false;
        line.Append(c is '\u00A0' ? ' ' : c);
        if (char.IsWhiteSpace(c)) return;
        letters++;
        if (colours.Peek()) answerLetters++;
    }

    private void OpenLine()
    {
        if (gapDue) Add("", answer: false);
        gapDue = false;
        lineOpen = true;
    }

    private void Close()
    {
        (spaceDue, endDue) = (false, false);
        if (!lineOpen) return;
        Add(line.ToString().TrimEnd(' ', '\t'), letters > 0 && answerLetters == letters);
        line.Clear();
        (lineOpen, letters, answerLetters) = (false, 0, 0);
    }

    private void Add(string text, bool answer) => lines.Add(new(text, CitationDepth, boxes.Peek(), answer));
}
