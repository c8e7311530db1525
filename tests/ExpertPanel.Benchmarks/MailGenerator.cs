using System.Text;

namespace ExpertPanel.Benchmarks;

/// <summary>Mails that nobody sent: built from the pieces that parsers trip over, then damaged. The same seed makes the same mail.</summary>
internal sealed class MailGenerator(int seed)
{
    private static readonly string[] Headers =
    [
        "From: a@example.cn", "From: =?gb2312?B?1cXI/Q==?= <a@example.cn>", "From: a@example.cn, b@example.cn", "From:", "From: <@a,@b:c@d>", "To: opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test",
        "To: a:b:c:;;;", "Cc: ((((((", "Subject: =?utf-8?Q?=E5=90?= =?utf-8?Q?=8C?=", "Subject: =?x?y?z?=", "Subject: 自动回复: x", "Subject: \u0000\u0001", "Message-ID: <<>>", "In-Reply-To: <x",
        "References: <a><b> c", "Auto-Submitted: auto-replied (x)", "Return-Path: <>", "Precedence: list", "List-Id: x", "MIME-Version: 1.0", "Date: yesterday", "Received: from a by b",
        "DKIM-Signature: v=1; a=rsa-sha256; d=x; s=y; h=from; bh=AA==; b=AA==", "X-ExpertPanel-Loop: 1", " folded", "no colon", ":", "X-Failed-Recipients: x@y", "Content-Language: zh",
    ];

    private static readonly string[] Types =
    [
        "text/plain", "text/plain; charset=gb2312", "text/plain; charset=gb18030; format=flowed; delsp=yes", "text/plain; charset=utf-16", "text/plain; charset=utf-7", "text/plain; charset=big5", "text/html", "text/html; charset=gbk",
        "text/calendar; method=REPLY", "message/rfc822", "message/delivery-status", "message/disposition-notification", "message/partial; id=1; number=1; total=2", "message/external-body; access-type=x", "application/pdf; name*=gb18030''%CE",
        "application/ms-tnef", "application/pkcs7-mime", "multipart/mixed; boundary=b", "multipart/alternative; boundary=\"b\"", "multipart/related; boundary=b", "multipart/report; report-type=delivery-status; boundary=b",
        "multipart/report; report-type=disposition-notification; boundary=b", "multipart/mixed", "multipart/mixed; boundary=", "text/enriched", "text/rtf", "x", "text/plain; charset=\"\u4e2d\"",
    ];

    private static readonly string[] Transfers = ["base64", "quoted-printable", "8bit", "7bit", "binary", "x-uuencode", "nonsense"];

    private static readonly string[] Words =
    [
        "同意。", "修改后合法", "> 引用", ">>>", "发件人：张三", "发送时间：2014-09-26 10:00", "收件人：李四", "主题：x", "发自我的 iPhone", "-----Original Message-----", "------------------ 原始邮件 ------------------",
        "On Fri, Sep 26, 2014 at 10:00 AM X <x@y.cn> wrote:", "在 2014-09-26 10:00:00，\"x\" <x@y.cn> 写道：", "________________", "---------- Forwarded message ----------", "\u0000", "𠮷䶮㛃", "\r", "\uFEFF", "<div>", "</div>", "<p>", "<br>",
        "<blockquote type=cite>", "</blockquote>", "<table><tr><td>a<td>b", "</table>", "<ol start=99999999999><li>x", "<span style='color:red'>", "<div style='display:none'>", "<pre>", "<!--", "-->", "<![CDATA[", "&#x10FFFF;", "&#xD800;",
        "<script>", "<style>", "<svg><math>", "<includetail>", "<a href=", "style=\"white-space:pre;border-left:1px", "=E5=90", "=\r\n", "5ZCM5oSP", "====", "begin 644 x", "--b", "--b--", "Action: failed", "Final-Recipient: rfc822;a@b", "Status: 5.1.1",
        "意见：合法 / 不合法", "理由：", "谢绝", "答：有。", "见下文红字", "我正在休假，将于下周返回",
    ];

    private ulong state = (ulong)seed;

    public byte[] Next()
    {
        var mail = new StringBuilder();
        Part(mail, depth: 0, headers: 1 + Below(11));
        var bytes = Charset().GetBytes(mail.ToString());
        for (var damage = Below(4) == 0 ? 1 + Below(7) : 0; damage > 0 && bytes.Length > 2; damage--) bytes = Damaged(bytes);
        return bytes;
    }

    private void Part(StringBuilder mail, int depth, int headers)
    {
        for (var i = 0; i < headers; i++) mail.Append(Pick(Headers)).Append(LineEnd());
        var type = Pick(Types);
        mail.Append("Content-Type: ").Append(type).Append(LineEnd());
        if (Below(2) == 0) mail.Append("Content-Transfer-Encoding: ").Append(Pick(Transfers)).Append(LineEnd());
        if (Below(8) == 0) mail.Append("Content-Disposition: attachment; filename=\"").Append(Pick(Words)).Append('"').Append(LineEnd());
        mail.Append(LineEnd());
        if (depth < 5 && (type.StartsWith("multipart", StringComparison.Ordinal) || type is "message/rfc822"))
        {
            for (var parts = Below(4); parts > 0; parts--)
            {
                if (type is not "message/rfc822") mail.Append("--b").Append(LineEnd());
                Part(mail, depth + 1, headers: Below(3));
            }

            if (Below(3) > 0) mail.Append("--b--").Append(LineEnd());
            return;
        }

        for (var lines = Below(20); lines > 0; lines--)
        {
            for (var words = 1 + Below(4); words > 0; words--) mail.Append(Pick(Words));
            mail.Append(Below(6) == 0 ? "" : LineEnd());
        }
    }

    private byte[] Damaged(byte[] bytes)
    {
        var at = Below(bytes.Length);
        var length = Math.Min(1 + Below(39), bytes.Length - at);
        switch (Below(4))
        {
            case 0:
                bytes[at] = (byte)Below(256);
                return bytes;
            case 1: return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2: return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            default:
                var noise = new byte[length];
                for (var i = 0; i < length; i++) noise[i] = (byte)Below(256);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
        }
    }

    /// <summary>SplitMix64: the same on every machine and in every year.</summary>
    private int Below(int limit)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)limit);
    }

    private Encoding Charset() => Below(5) switch { 0 => Encoding.GetEncoding("gb18030"), 1 => Encoding.Latin1, 2 => Encoding.GetEncoding("big5"), _ => Encoding.UTF8 };

    private string LineEnd() => Below(12) switch { 0 => "\n", 1 => "\r", _ => "\r\n" };

    private string Pick(string[] pieces) => pieces[Below(pieces.Length)];
}
