using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// HTML to the text a person would read, by walking the parsed tree: lines end where blocks and breaks end, and what the client marks
/// as cited gets "> " before each line, so that one set of quote rules serves both forms of mail.
/// </summary>
public static class HtmlText
{
    private static readonly HashSet<string> Unread = new(StringComparer.OrdinalIgnoreCase)
        { "head", "script", "style", "title", "template", "noscript", "object", "svg", "math", "select", "textarea", "iframe" };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    };

    /// <summary>Stops with OperationCanceledException when the time is up: building a tree of hostile nesting costs the square of its size.</summary>
    public static string ToPlain(string html, CancellationToken deadline)
    {
        var parser = new HtmlParser(new HtmlParserOptions
        {
            SkipComments = true,
            SkipScriptText = true,
            DisableElementPositionTracking = true,
            OnToken = (_, _) => deadline.ThrowIfCancellationRequested(),
        });
        using var document = parser.ParseDocument(html);
        var page = new Page();
        if (document.Body is { } body) Walk(body, page, deadline);
        return page.ToString();
    }

    /// <summary>With a stack of its own, for a tree may be deeper than the thread's.</summary>
    private static void Walk(INode root, Page page, CancellationToken deadline)
    {
        var open = new Stack<(INode Node, bool Leaving)>();
        open.Push((root, false));
        while (open.TryPop(out var step))
        {
            deadline.ThrowIfCancellationRequested();
            if (step.Node is IText text)
            {
                page.Write(text.Data);
            }
            else if (step.Node is IElement element && !Unread.Contains(element.LocalName))
            {
                if (step.Leaving)
                {
                    Leave(element, page);
                    continue;
                }

                Enter(element, page);
                open.Push((element, true));
                for (var child = element.LastChild; child is not null; child = child.PreviousSibling) open.Push((child, false));
            }
        }
    }

    private static void Enter(IElement element, Page page)
    {
        if (element.LocalName is "br") page.Break();
        else if (element.LocalName is "td" or "th") page.Cell();
        else if (Blocks.Contains(element.LocalName)) page.EndLine();
        if (IsParagraph(element)) page.Gap();
        if (IsCitation(element)) page.CitationDepth++;
        if (element.LocalName is "pre") page.PreformattedDepth++;
    }

    private static void Leave(IElement element, Page page)
    {
        if (Blocks.Contains(element.LocalName)) page.EndLine();
        if (IsParagraph(element)) page.Gap();
        if (IsCitation(element)) page.CitationDepth--;
        if (element.LocalName is "pre") page.PreformattedDepth--;
    }

    /// <summary>Outlook writes every line as a paragraph without a margin.</summary>
    private static bool IsParagraph(IElement element) => element.LocalName is "p" && !element.ClassList.Contains("MsoNormal");

    /// <summary>A bare blockquote is only an indentation: several clients make one for an indented paragraph of the answer.</summary>
    private static bool IsCitation(IElement element) =>
        element.LocalName is "blockquote" && ("cite".Equals(element.GetAttribute("type"), StringComparison.OrdinalIgnoreCase) || element.ClassList.Contains("gmail_quote"));

    private sealed class Page
    {
        private readonly StringBuilder text = new();
        private bool lineOpen;
        private bool spaceDue;
        private bool gapDue;

        public int CitationDepth { get; set; }

        public int PreformattedDepth { get; set; }

        public void Write(string data)
        {
            foreach (var c in data)
            {
                if (PreformattedDepth > 0 && c is '\n') Break();
                else if (PreformattedDepth > 0 && c is not '\r') Put(c);
                else if (c is ' ' or '\t' or '\r' or '\n' or '\f') spaceDue = lineOpen;
                else Put(c);
            }
        }

        public void Break()
        {
            if (!lineOpen) OpenLine();
            EndLine();
        }

        public void EndLine()
        {
            spaceDue = false;
            if (!lineOpen) return;
            text.Append('\n');
            lineOpen = false;
        }

        public void Gap() => gapDue = text.Length > 0;

        public void Cell()
        {
            if (!lineOpen) return;
            text.Append('\t');
            spaceDue = false;
        }

        public override string ToString() => text.ToString();

        private void Put(char c)
        {
            if (!lineOpen) OpenLine();
            if (spaceDue) text.Append(' ');
            spaceDue = false;
            text.Append(c is '\u00A0' ? ' ' : c);
        }

        private void OpenLine()
        {
            if (gapDue) text.Append(Prefix().TrimEnd()).Append('\n');
            gapDue = false;
            text.Append(Prefix());
            lineOpen = true;
        }

        private string Prefix() => CitationDepth == 0 ? "" : string.Concat(Enumerable.Repeat("> ", Math.Min(CitationDepth, 20)));
    }
}
