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
        var (numbers, rows) = (new Dictionary<IElement, long>(), new Dictionary<IElement, bool>());
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
                    Leave(element, style, IsDataCell(element, rows), page);
                    continue;
                }

                if (style.Hidden) continue;
                Enter(element, style, IsDataCell(element, rows), page);
                if (element.LocalName is "li" && Number(element, numbers) is { } number) page.Prefix(number);
                open.Push((element, true));
                // By index: the parser's own way from sibling to sibling searches the list anew each time.
                var children = element.ChildNodes;
                for (var i = children.Length - 1; i >= 0; i--) open.Push((children[i], false));
            }
        }
    }

    private static void Enter(IElement element, HtmlStyle style, bool isDataCell, HtmlPage page)
    {
        if (element.LocalName is "br") page.Break();
        else if (isDataCell) page.EnterCell();
        else if (element.LocalName is "td" or "th" || Blocks.Contains(element.LocalName)) page.EndLine();
        if (IsParagraph(element)) page.Gap();
        if (HtmlQuotes.IsCitation(element)) page.CitationDepth++;
        else if (HtmlQuotes.MayBeQuote(element, style)) page.OpenBox();
        if (style.Preformatted) page.PreformattedDepth++;
        if (style.Answer is { } answer) page.PushColour(answer);
    }

    private static void Leave(IElement element, HtmlStyle style, bool isDataCell, HtmlPage page)
    {
        if (style.Answer is not null) page.PopColour();
        if (isDataCell) page.LeaveCell();
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
    private static bool IsDataCell(IElement element, Dictionary<IElement, bool> rows)
    {
        if (element is not { LocalName: "td" or "th", ParentElement: { } row }) return false;
        if (!rows.TryGetValue(row, out var hasSeveral)) rows[row] = hasSeveral = row.Children.Count(child => child.LocalName is "td" or "th") > 1;
        return hasSeveral;
    }

    /// <summary>A reader refers to "point 2", and the browser writes the 2.</summary>
    private static string? Number(IElement item, Dictionary<IElement, long> numbers)
    {
        if (item.ParentElement is not { LocalName: "ol" } list) return null;
        var number = Whole(item.GetAttribute("value")) ?? (numbers.TryGetValue(list, out var last) ? last + 1 : Whole(list.GetAttribute("start")) ?? 1);
        numbers[list] = number;
        return number.ToString(CultureInfo.InvariantCulture) + ". ";
    }

    private static long? Whole(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
