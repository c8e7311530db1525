using System.Runtime.CompilerServices;

namespace ExpertPanel.Tests.Mail.Corpus;

/// <summary>One labelled reply: how this client writes it, and the opinion in it.</summary>
public sealed record ReplyCase(string Client, string Name, bool HoldOut, byte[] Raw, string Expected);

/// <summary>
/// Replies as the clients write them, all made up for this purpose. A file in Clients is one client's habits: how it writes a line, quotes,
/// signs; below "cases" each line is a mail: layout; plain, html or both; charset and, after "as", how it is labelled; transfer encoding;
/// which of opinions.txt. A layout of the file's own has a body and what is expected of it.
/// Cases marked hold-out were written before the rules were tuned, and the rules are not tuned to them.
/// </summary>
public static class ReplyCorpus
{
    public static IReadOnlyList<ReplyCase> All { get; } = [.. Directory.EnumerateFiles(Folder("Clients"), "*.txt").Order(StringComparer.Ordinal).SelectMany(Cases)];

    public static string Folder(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here) ?? "", name);

    /// <summary>"== name" begins a section; before the first come "key: value" lines.</summary>
    public static Dictionary<string, string> Sections(string path)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal) { [""] = [] };
        var current = sections[""];
        foreach (var line in File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal)) sections.Add(line[3..].Trim(), current = []);
            else current.Add(line);
        }

        return sections.ToDictionary(section => section.Key, section => string.Join('\n', section.Value), StringComparer.Ordinal);
    }

    /// <summary>Every opinion in every client's layouts and forms.</summary>
    public static IEnumerable<ReplyCase> Everything()
    {
        foreach (var client in Directory.EnumerateFiles(Folder("Clients"), "*.txt").Order(StringComparer.Ordinal).Select(path => new CorpusClient(Sections(path))))
            foreach (var (opinion, layout) in CorpusClient.OpinionNames.SelectMany(name => new[] { "top", "signed", "chain", "bare" }.Select(layout => (name, layout))))
            {
                var mail = new CorpusMail(client, "utf-8", "utf-8", "base64");
                var (plain, html, expected) = client.Write(layout, opinion);
                yield return new(client.Name, $"{layout}; plain; {opinion}", false, mail.Build(plain, null), expected);
                if (client.WritesHtml) yield return new(client.Name, $"{layout}; html; {opinion}", false, mail.Build(null, html), expected);
            }
    }

    private static IEnumerable<ReplyCase> Cases(string path)
    {
        var client = new CorpusClient(Sections(path));
        foreach (var line in client.Section("cases").Split('\n').Where(line => line.Length > 0))
        {
            var fields = line.Split(';', StringSplitOptions.TrimEntries);
            var (layout, parts, charset, transfer) = (fields[0], fields[1], fields[2].Split(" as "), fields[3]);
            var name = fields.ElementAtOrDefault(4) ?? "";
            var mail = new CorpusMail(client, charset[0], charset[^1], transfer);
            var (plain, html, expected) = client.Write(layout, name);
            yield return new(client.Name, line, fields[^1] == "hold-out", mail.Build(parts is "html" ? null : plain, parts is "plain" ? null : html), expected);
        }
    }
}
