using System.Net;

namespace ExpertPanel.Tests.Mail.Corpus;

/// <summary>One client's way of writing a reply.</summary>
public sealed class CorpusClient(Dictionary<string, string> sections)
{
    private static readonly Dictionary<string, string> Opinions = ReplyCorpus.Sections(Path.Combine(ReplyCorpus.Folder(""), "opinions.txt"));

    private static readonly Dictionary<string, string> Letters = ReplyCorpus.Sections(Path.Combine(ReplyCorpus.Folder(""), "letters.txt"));

    private readonly ILookup<string, string> settings = sections[""].Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal))
        .ToLookup(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.Ordinal);

    public static IEnumerable<string> OpinionNames => Opinions.Keys.Where(name => name.Length > 0);

    public bool WritesHtml => Setting("line").Length > 0;

    public string Name => Setting("client");

    public string From => Setting("from");

    public IEnumerable<string> Headers => settings["header"];

    public string Us => Setting("us") is { Length: > 0 } us ? us : "省政府法制办公室";

    public string Subject => Fill(Setting("subject"));

    public bool Flowed => Setting("flowed") is "yes";

    private string Me => From.Contains('<', StringComparison.Ordinal) && From[..From.IndexOf('<', StringComparison.Ordinal)].Trim() is { Length: > 0 } name && name[0] is not '"' ? name : "李四";

    private string Mine => From[(From.IndexOf('<', StringComparison.Ordinal) + 1)..].TrimEnd('>');

    public string Section(string name) => sections.GetValueOrDefault(name, "");

    public (string? Plain, string? Html, string Expected) Write(string layout, string opinion)
    {
        if (sections.TryGetValue($"expect {layout}", out var expected))
            return (sections.TryGetValue($"{layout} plain", out var own) ? Fill(own) : null, sections.TryGetValue($"{layout} html", out var page) ? Page(Fill(page)) : null, Fill(expected));

        var text = Opinions[opinion];
        var signature = layout is "signed" ? Section("signature") : "";
        var kept = signature.Length > 0 ? $"{text}\n\n{signature}" : text;
        return (Plain(layout, text, signature), Html(layout, text, signature), kept.Trim());
    }

    private string Plain(string layout, string opinion, string signature)
    {
        var plain = Flowed ? Flow(opinion) : opinion;
        if (signature.Length > 0) plain += "\n\n" + sections.GetValueOrDefault("signature plain", signature);
        if (sections.GetValueOrDefault("footer plain", Section("footer")) is { Length: > 0 } footer) plain += "\n\n" + footer;
        return layout is "bare" ? plain : plain + "\n" + Quoted(layout, Section("quote plain"), (text, prefix) => string.Join('\n', text.Split('\n').Select(line => (prefix + line).TrimEnd())));
    }

    private string Html(string layout, string opinion, string signature)
    {
        var html = Lines(opinion);
        if (signature.Length > 0) html += "\n" + Setting("blank") + "\n" + (sections.TryGetValue("signature html", out var own) ? own : Lines(signature));
        if (sections.TryGetValue("footer html", out var designed)) html += "\n" + designed;
        else if (Section("footer") is { Length: > 0 } footer) html += "\n" + Setting("blank") + Lines(footer);
        return Page(layout is "bare" ? html : html + "\n" + Quoted(layout, Section("quote html"), (text, prefix) => prefix is "raw" ? WebUtility.HtmlEncode(text) : Lines(text)));
    }

    /// <summary>The quoted letter; in a chain a reminder that quotes the letter before it.</summary>
    private string Quoted(string layout, string template, Func<string, string, string> write)
    {
        var letter = Letters[Setting("letter") is { Length: > 0 } named ? named : "咨询函"];
        var chained = layout is "chain" ? Fill(Place(template, letter, write)) : null;
        var lines = Place(template, chained is null ? letter : Reminder, write);
        if (chained is null) return Fill(lines);
        var plain = template.Split('\n').FirstOrDefault(line => line.EndsWith("{letter}", StringComparison.Ordinal)) is { } last && !template.Contains('<' + "div", StringComparison.OrdinalIgnoreCase) ? last[..^8] : "";
        return Fill(Place(template, null, (_, _) => write(Reminder, plain is { Length: > 0 } ? plain : "") + "\n" + (plain.Length > 0 ? string.Join('\n', chained.Split('\n').Select(line => (plain + line).TrimEnd())) : chained)));
    }

    private string Reminder => Letters[Setting("letter") switch { "諮詢函" => "催辦函", "letter" => "letter", _ => "催办函" }];

    private static string Place(string template, string? letter, Func<string, string, string> write) => string.Join('\n', template.Split('\n').Select(line =>
        line is "{letter-raw}" ? write(letter ?? "", "raw") : line.EndsWith("{letter}", StringComparison.Ordinal) ? write(letter ?? "", line[..^8]) : line));

    private string Page(string body) => Section("page html") is { Length: > 0 } page ? Fill(page).Replace("{body}", body, StringComparison.Ordinal) : body;

    /// <summary>As this client writes typed lines; what came as a table stays one.</summary>
    private string Lines(string text)
    {
        if (Setting("paragraphs") is "yes")
            return string.Join('\n', text.Split("\n\n").Select(paragraph => Setting("line").Replace("%", string.Join("<br>", paragraph.Trim('\n').Split('\n').Select(Escaped)), StringComparison.Ordinal)));
        var html = new List<string>();
        var rows = new List<string>();
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.Contains('\t', StringComparison.Ordinal))
            {
                rows.Add("<tr>" + string.Concat(line.Split('\t').Select(cell => $"<td style=\"border:1px solid\">{Setting("line").Replace("%", Escaped(cell), StringComparison.Ordinal)}</td>")) + "</tr>");
                continue;
            }

            if (rows.Count > 0) html.Add($"<table border=\"1\" cellspacing=\"0\"><tbody>\n{string.Join('\n', rows)}\n</tbody></table>");
            rows.Clear();
            html.Add(line.Length == 0 ? Setting("blank") : Setting("line").Replace("%", Escaped(line), StringComparison.Ordinal));
        }

        return string.Join('\n', html.SkipLast(1));
    }

    private static string Escaped(string line)
    {
        var indent = line.Length - line.TrimStart(' ').Length;
        return string.Concat(Enumerable.Repeat("&nbsp;", indent)) + WebUtility.HtmlEncode(line[indent..]).Replace("  ", "&nbsp; ", StringComparison.Ordinal);
    }

    /// <summary>RFC 3676: soft breaks end in a space, and lines that would look quoted are stuffed.</summary>
    private static string Flow(string text) => string.Join('\n', text.Split('\n').SelectMany(line =>
    {
        var broken = new List<string>();
        while (line.Length > 72 && line.LastIndexOf(' ', 71) is > 0 and var space)
        {
            broken.Add(line[..(space + 1)]);
            line = line[(space + 1)..];
        }

        return broken.Append(line);
    }).Select(line => line.StartsWith('>') || line.StartsWith(' ') || line.StartsWith("From ", StringComparison.Ordinal) ? " " + line : line));

    private string Setting(string name) => settings[name].FirstOrDefault() ?? "";

    private string Fill(string text) => text.Replace("{usaddr}", CorpusMail.Us, StringComparison.Ordinal).Replace("{us}", Us, StringComparison.Ordinal)
        .Replace("{mine}", Mine, StringComparison.Ordinal).Replace("{me}", Me, StringComparison.Ordinal).Replace("{subject}", Setting("letter-subject") is { Length: > 0 } subject ? subject : "专家咨询函", StringComparison.Ordinal);
}
