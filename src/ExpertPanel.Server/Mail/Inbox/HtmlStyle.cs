using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The few things about an element's looks that tell what its text is. Answer: null when the element sets no colour.</summary>
internal readonly record struct HtmlStyle(bool Hidden, bool Preformatted, bool? Answer, bool RuleAtLeft)
{
    private const int VividFrom = 100;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex HiddenStyle = new(@"(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(px|pt|em)?\s*(;|!|$))", Linear);

    private static readonly Regex Pre = new(@"(^|;)\s*white-space\s*:\s*(pre|break-spaces)", Linear);

    private static readonly Regex LeftRule = new(@"(^|;)\s*border-left(-width)?\s*:\s*[^;]*[1-9]", Linear);

    private static readonly Regex Colour = new(@"(^|;)\s*color\s*:\s*(?<value>[^;!]{1,40})", Linear);

    private static readonly Regex Triple = new(@"^rgba?\(\s*(?<r>\d{1,3})[\s,]+(?<g>\d{1,3})[\s,]+(?<b>\d{1,3})", Linear);

    private static readonly Regex NoMargin = new(@"(^|;)\s*margin\s*:\s*0(px|pt|cm|em)?\s*(;|!|$)", Linear);

    /// <summary>Vivid, yet not chosen by a person answering: our own letters' red and Gmail's purple for quotes.</summary>
    private static readonly HashSet<string> Printed = ["b01f24", "500050"];

    public static HtmlStyle Of(IElement element)
    {
        var style = element.GetAttribute("style") ?? "";
        if (style.Length > 2000) style = style[..2000];
        return new(
            element.HasAttribute("hidden") || (style.Length > 0 && HiddenStyle.IsMatch(style)),
            element.LocalName is "pre" || (style.Length > 0 && Pre.IsMatch(style)),
            element.LocalName is "a" ? false : ColourOf(element, style) is { } colour ? IsAnswer(colour) : null,
            style.Length > 0 && LeftRule.IsMatch(style));
    }

    public static bool HasNoMargin(IElement element) => element.GetAttribute("style") is { Length: > 0 and < 2000 } style && NoMargin.IsMatch(style);

    private static string? ColourOf(IElement element, string style)
    {
        var match = Colour.Match(style);
        if (match.Success) return match.Groups["value"].Value.Trim();
        return element.LocalName is "font" ? element.GetAttribute("color")?.Trim() : null;
    }

    /// <summary>Who answers between the lines of a quote writes in red, blue or green.</summary>
    private static bool IsAnswer(string colour)
    {
        switch (colour.ToLowerInvariant())
        {
            case "red" or "blue" or "green" or "purple" or "magenta" or "fuchsia" or "crimson" or "darkred":
                return true;
        }

        if (colour is ['#', .. { Length: 3 } brief]) colour = string.Concat("#", string.Concat(brief.SelectMany(c => new[] { c, c })));
        if (colour is ['#', .. { Length: 6 } hex])
            return !Printed.Contains(hex.ToLowerInvariant()) && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) && IsVivid(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
        if (Triple.Match(colour) is not { Success: true } triple) return false;
        var (r, g, b) = (Part(triple, "r"), Part(triple, "g"), Part(triple, "b"));
        return !Printed.Contains($"{r:x2}{g:x2}{b:x2}") && IsVivid(r, g, b);
    }

    private static int Part(Match triple, string name) => int.Parse(triple.Groups[name].Value, CultureInfo.InvariantCulture);

    private static bool IsVivid(int r, int g, int b) => Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) >= VividFrom;
}
