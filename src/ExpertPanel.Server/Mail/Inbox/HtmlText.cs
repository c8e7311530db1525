using System.Globalization;
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
        "header", "hr", "includetail", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
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
        var page = new HtmlPage();
        if (document.Body is { } body) Walk(body, page, deadline);
        return HtmlQuotes.Marked(page.Lines());
    }

    /// <summary>With a stack of its own, for a tree may be deeper than the thread's.</summary>
    private static void Walk(INode root, HtmlPage page, CancellationToken deadline)
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
                var style = HtmlStyle.Of(element);
                if (step.Leaving)
                {
                    Leave(element, style, page);
                    continue;
                }

                if (style.Hidden) continue;
                Enter(element, style, page);
                open.Push((element, true));
                for (var child = element.LastChild; child is not null; child = child.PreviousSibling) open.Push((child, false));
            }
        }
    }

    private static void Enter(IElement element, HtmlStyle style, HtmlPage page)
    {
        if (element.LocalName is "br") page.Break();
        else if (IsDataCell(element)) page.EnterCell();
        else if (element.LocalName is "td" or "th" || Blocks.Contains(element.LocalName)) page.EndLine();
        if (IsParagraph(element)) page.Gap();
        if (HtmlQuotes.IsCitation(element)) page.CitationDepth++;
        else if (HtmlQuotes.MayBeQuote(element, style)) page.OpenBox();
        if (style.Preformatted) page.PreformattedDepth++;
        if (style.Answer is { } answer) page.PushColour(answer);
        if (element.LocalName is "li" && Number(element) is { } number) page.Prefix(number);
    }

    private static void Leave(IElement element, HtmlStyle style, HtmlPage page)
    {
        if (style.Answer is not null) page.PopColour();
        if (IsDataCell(element)) page.LeaveCell();
        else if (element.LocalName is "tr") page.EndRow();
        else if (element.LocalName is "td" or "th" || Blocks.Contains(element.LocalName)) page.EndLine();
        if (IsParagraph(element)) page.Gap();
        if (HtmlQuotes.IsCitation(element)) page.CitationDepth--;
        else if (HtmlQuotes.MayBeQuote(element, style)) page.CloseBox();
        if (style.Preformatted) page.PreformattedDepth--;
    }

    /// <summary>Outlook writes every line as a paragraph without a margin.</summary>
    private static bool IsParagraph(IElement element) => element.LocalName is "p" && !element.ClassList.Contains("MsoNormal") && !HtmlStyle.HasNoMargin(element);

    /// <summary>One of several in its row; a table of single cells is only a frame.</summary>
    private static bool IsDataCell(IElement element) => element.LocalName is "td" or "th" && (IsCell(element.PreviousElementSibling) || IsCell(element.NextElementSibling));

    private static bool IsCell(IElement? element) => element?.LocalName is "td" or "th";

    /// <summary>A reader refers to "point 2", and the browser writes the 2.</summary>
    private static string? Number(IElement item)
    {
        if (item.ParentElement is not { LocalName: "ol" } list) return null;
        if (int.TryParse(item.GetAttribute("value"), NumberStyles.None, CultureInfo.InvariantCulture, out var own)) return Written(own);
        var number = int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        var seen = 0;
        for (var before = item.PreviousElementSibling; before is not null && seen < 1000; before = before.PreviousElementSibling)
            if (before.LocalName is "li")
                seen++;
        return Written(number + seen);
    }

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture) + ". ";
}
