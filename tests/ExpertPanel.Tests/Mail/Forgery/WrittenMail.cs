using System.Security.Cryptography;
using System.Text;

namespace ExpertPanel.Tests.Mail.Forgery;

/// <summary>A mail written by hand, header by header, so that no library's good manners stand between an attack and the inbox. Signed by RFC 6376, relaxed.</summary>
internal sealed record WrittenMail(IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public static WrittenMail Of(string? from, string to, string body, string id) => new(
        [.. new[] { ("From", from), ("To", to), ("Subject", "=?utf-8?B?5Zue5aSN?="), ("Date", "Fri, 26 Sep 2014 09:00:00 +0800"), ("Message-ID", $"<{id}>"), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit") }
            .Where(h => h.Item2 is not null).Select(h => (h.Item1, h.Item2!))], body.ReplaceLineEndings("\r\n"));

    public byte[] Bytes => Encoding.UTF8.GetBytes(string.Concat(Headers.Select(h => $"{h.Name}: {h.Value}\r\n")) + "\r\n" + Body);

    public WrittenMail First(string name, string value) => this with { Headers = [(name, value), .. Headers] };

    public WrittenMail Add(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public WrittenMail Replace(string name, string value) => this with { Headers = [.. Headers.Select(h => h.Name == name ? (name, value) : h)] };

    public WrittenMail Without(string name) => this with { Headers = [.. Headers.Where(h => h.Name != name)] };

    public WrittenMail Append(string text) => this with { Body = Body + text.ReplaceLineEndings("\r\n") };

    /// <param name="more">Further tags, such as <c>x=1;</c>.</param>
    public WrittenMail Sign(RSA key, string domain, string selector = "s1", string fields = "from:to:subject:date:message-id:mime-version:content-type", string more = "", string algorithm = "rsa-sha256", int? length = null)
    {
        var body = Encoding.UTF8.GetBytes(RelaxedBody(Body));
        var covered = length is { } l ? body[..Math.Min(l, body.Length)] : body;
        var sha1 = algorithm == "rsa-sha1";
#pragma warning disable CA5350 // The attack is that somebody still signs with it.
        var hash = sha1 ? SHA1.HashData(covered) : SHA256.HashData(covered);
#pragma warning restore CA5350
        var tags = $"v=1; a={algorithm}; c=relaxed/relaxed; d={domain}; s={selector}; {more}{(length is null ? "" : $"l={covered.Length}; ")}h={fields}; bh={Convert.ToBase64String(hash)}; b=";
        var signed = new StringBuilder();
        var left = Headers.ToList();
        foreach (var field in fields.Split(':'))
        {
            var at = left.FindLastIndex(h => h.Name.Equals(field, StringComparison.OrdinalIgnoreCase));
            if (at < 0) continue;
            signed.Append(Relaxed(left[at].Name, left[at].Value)).Append("\r\n");
            left.RemoveAt(at);
        }

        signed.Append(Relaxed("DKIM-Signature", tags));
        var signature = key.SignData(Encoding.UTF8.GetBytes(signed.ToString()), sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return First("DKIM-Signature", tags + Convert.ToBase64String(signature));
    }

    private static string Relaxed(string name, string value) => $"{name.ToLowerInvariant()}:{OneBlank(value.ReplaceLineEndings("")).Trim()}";

    private static string RelaxedBody(string body)
    {
        var lines = body.Split("\r\n").Select(l => OneBlank(l).TrimEnd(' ')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return string.Concat(lines.Select(l => l + "\r\n"));
    }

    /// <summary>Every run of blanks becomes one.</summary>
    private static string OneBlank(string text)
    {
        var one = new StringBuilder(text.Length);
        foreach (var c in text.Replace('\t', ' '))
            if (c != ' ' || one.Length == 0 || one[^1] != ' ') one.Append(c);
        return one.ToString();
    }
}
