using System.Text;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// A made-up reply that is read before a process reads its first one. What reads a mail is compiled when it is first needed; on a busy machine
/// that takes seconds, which would count against the first mail's own time and hold it for being slow to read.
/// </summary>
public static class FirstMail
{
    private const string Reply = """
        From: =?UTF-8?B?5LiT5a62?= <expert@example.test>
        To: opinions@example.test
        Subject: =?gb18030?B?u9i4tA==?=
        Message-ID: <first@example.test>
        Date: Fri, 26 Sep 2014 09:00:00 +0800
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        意见：合法
        理由：符合规定。

        ------------------ 原始邮件 ------------------
        发件人: 示例办公室
        主题: 专家咨询函

        > 您好
        --b
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 8bit

        <html><body><div>意见：合法</div><div>理由：符合规定。</div><blockquote><div>发件人: 示例办公室</div><div>您好</div></blockquote></body></html>
        --b--
        """;

    public static byte[] Sample { get; } = Encoding.UTF8.GetBytes(Reply.ReplaceLineEndings("\r\n"));
}
