using System.Text;
using MimeKit.Encodings;

namespace ExpertPanel.Tests.Mail.Corpus;

/// <summary>Texts to the bytes that travel: charset, label and transfer encoding are each chosen apart, for they do not always agree.</summary>
public sealed class CorpusMail(CorpusClient client, string charset, string label, string transfer)
{
    public const string Us = "opinions@panel.test";
    public const string ReplyAddress = "opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test";

    private readonly Encoding encoding = Encoding.GetEncoding(charset switch { "gb2312" => "gb18030", "utf-16be" => "utf-16BE", _ => charset }, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    public byte[] Build(string? plain, string? html)
    {
        var mail = new List<byte>();
        Add(mail, "Return-Path: <expert@sender.test>\r\nReceived: from mail.sender.test ([192.0.2.10])\r\n\tby mx.panel.test with ESMTPS id 1Xabc; Fri, 26 Sep 2014 15:20:31 +0800\r\n");
        Add(mail, "Date: Fri, 26 Sep 2014 15:20:30 +0800\r\nMessage-ID: <reply-1@sender.test>\r\nIn-Reply-To: <letter-0001@panel.test>\r\nReferences: <letter-0001@panel.test>\r\n");
        Add(mail, $"From: {From()}\r\nTo: {Word(client.Us)} <{ReplyAddress}>\r\nSubject: {Word(client.Subject)}\r\nMIME-Version: 1.0\r\n");
        foreach (var header in client.Headers.Where(header => !header.StartsWith("Mime-Version", StringComparison.OrdinalIgnoreCase))) Add(mail, header + "\r\n");
        if (plain is not null && html is not null)
        {
            Add(mail, "Content-Type: multipart/alternative;\r\n\tboundary=\"----=_Part_0001\"\r\n\r\nThis is a multi-part message in MIME format.\r\n------=_Part_0001\r\n");
            AddPart(mail, "plain", plain);
            Add(mail, "\r\n------=_Part_0001\r\n");
            AddPart(mail, "html", html);
            Add(mail, "\r\n------=_Part_0001--\r\n");
        }
        else
        {
            AddPart(mail, plain is not null ? "plain" : "html", plain ?? html ?? throw new InvalidOperationException("The layout has no such form."));
        }

        return [.. mail];
    }

    private void AddPart(List<byte> mail, string subtype, string text)
    {
        var labelled = label is "none" ? "" : $"; charset={label}";
        var flowed = subtype is "plain" && client.Flowed ? "; format=flowed" : "";
        Add(mail, $"Content-Type: text/{subtype}{labelled}{flowed}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n");
        var bytes = encoding.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        if (charset.StartsWith("utf-16", StringComparison.Ordinal) && label is "none") bytes = [.. encoding.GetPreamble(), .. bytes];
        mail.AddRange(Encoded(bytes));
        Add(mail, "\r\n");
    }

    private byte[] Encoded(byte[] bytes)
    {
        IMimeEncoder? encoder = transfer switch { "base64" => new Base64Encoder(), "quoted-printable" => new QuotedPrintableEncoder(), "8bit" => null, _ => throw new InvalidOperationException(transfer) };
        if (encoder is null) return bytes;
        var output = new byte[encoder.EstimateOutputLength(bytes.Length)];
        var length = encoder.Flush(bytes, 0, bytes.Length, output);
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(output, 0, length).ReplaceLineEndings("\r\n"));
    }

    private string From()
    {
        var open = client.From.IndexOf('<', StringComparison.Ordinal);
        return open <= 0 || client.From[0] is '"' ? client.From : $"{Word(client.From[..open].Trim())} {client.From[open..]}";
    }

    /// <summary>RFC 2047, under the label the client gives; where it gives none, UTF-8.</summary>
    private string Word(string text)
    {
        var named = charset.StartsWith("utf-16", StringComparison.Ordinal) || label is "none" or "us-ascii" or "iso-8859-1" or "windows-1252" || charset is "big5";
        return $"=?{(named ? "utf-8" : label)}?B?{Convert.ToBase64String((named ? Encoding.UTF8 : encoding).GetBytes(text))}?=";
    }

    private static void Add(List<byte> mail, string ascii) => mail.AddRange(Encoding.Latin1.GetBytes(ascii));
}
