using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Inbox.Filters;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ExpertPanel.Server.Reply;

/// <summary>The code as a mail: to the registered address, without a word of the matter, without a link, and without the code in the subject that a locked telephone shows.</summary>
public sealed class MailedCode(IMailTransport transport, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailedCode> log) : ICodeMail
{
    public async Task<bool> SendAsync(Guid tenantId, string expertAddress, string expertName, string officeName, string code, CancellationToken ct)
    {
        if (!MailboxAddress.TryParse(expertAddress, out var to)) return false;
        using var message = new MimeMessage
        {
            MessageId = $"{Guid.CreateVersion7():N}@{options.Value.Domain}",
            Date = clock.GetUtcNow().ToOffset(ChinaTime.Offset),
            Subject = $"{officeName}：专家页面验证码 / verification code",
            Body = new TextPart("plain") { Text = TextOf(expertName, officeName, code) },
        };
        message.From.Add(new MailboxAddress(officeName, options.Value.Mailbox));
        message.To.Add(new MailboxAddress(expertName, to.Address));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(Loop.Header, "1");
        var outcome = await transport.SendAsync(message, ct);
        if (outcome is DeliveryOutcome.Accepted) return true;
        log.LogWarning("A code was not taken by the mail server: {Outcome}", outcome.GetType().Name);
        return false;
    }

    private static string TextOf(string expertName, string officeName, string code) => $"""
        {expertName}专家：

        您正在打开{officeName}的专家咨询页面，验证码为：

        {code}

        {ReplyCodes.Life.TotalMinutes:0} 分钟内有效，只能使用一次。工作人员不会向您索要验证码，请勿转发或告诉他人。
        如果不是您本人操作，请忽略本邮件；没有验证码，任何人都打不开您的页面。

        Your verification code is {code}. It is good for {ReplyCodes.Life.TotalMinutes:0} minutes and can be used once.
        If you did not ask for it, ignore this mail.

        {officeName}
        """;
}
