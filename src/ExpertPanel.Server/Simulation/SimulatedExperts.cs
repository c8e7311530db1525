using System.Text.RegularExpressions;
using ExpertPanel.Server.Mail.Transport;
using ExpertPanel.Workflows.Panels;
using MimeKit;

namespace ExpertPanel.Server.Simulation;

/// <summary>What an expert means to do about a consultation letter.</summary>
internal enum ExpertPlan
{
    AnswerOnWeb,
    AnswerByMail,
    AnswerFromOtherMailbox,
    Decline,
    Recuse,
    StaySilent,
}

/// <summary>A letter that reached an expert: the mail itself, and the token in its reply address.</summary>
internal sealed record ExpertLetter(string Token, string Address, MailboxAddress ReplyTo, string MessageId, string Subject, bool RepliesByMail);

/// <summary>The post of a simulation: takes every letter as a mail server would and keeps the consultation letters for their readers.</summary>
internal sealed partial class SimulatedPost : IMailTransport
{
    private readonly Queue<ExpertLetter> delivered = new();

    public int Sent { get; private set; }

    public Task<DeliveryOutcome> SendAsync(MimeMessage message, CancellationToken ct)
    {
        Sent++;
        if (message.ReplyTo.Mailboxes.FirstOrDefault() is { } reply && Token().Match(reply.Address) is { Success: true } match
            && message.To.Mailboxes.FirstOrDefault() is { } to && message.InReplyTo is null)
            delivered.Enqueue(new(match.Groups["token"].Value, to.Address, reply, message.MessageId ?? "", message.Subject ?? "",
                message.TextBody?.Contains("直接回复本邮件", StringComparison.Ordinal) == true));
        return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted());
    }

    public bool TryRead(out ExpertLetter letter) => delivered.TryDequeue(out letter!); // Set whenever true is returned.

    [GeneratedRegex(@"\+r-(?<token>[a-z2-7]{26})@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}

/// <summary>How simulated experts decide and write.</summary>
internal sealed class SimulatedExperts(Choices choices)
{
    public ExpertPlan PlanFor(string matterNumber, string bankNumber, bool byMailPossible) => choices.Of("plan", matterNumber, bankNumber) switch
    {
        < 0.08 => ExpertPlan.Decline,
        < 0.11 => ExpertPlan.Recuse,
        < 0.18 => ExpertPlan.StaySilent,
        < 0.22 when byMailPossible => ExpertPlan.AnswerFromOtherMailbox,
        < 0.60 when byMailPossible => ExpertPlan.AnswerByMail,
        _ => ExpertPlan.AnswerOnWeb,
    };

    /// <summary>Working hours until the expert gets to it: mostly within two days.</summary>
    public double Hours(string what, string matterNumber, string bankNumber) => 1 + (choices.Of(what, matterNumber, bankNumber) * 13);

    public OpinionStand StandOf(string matterNumber, string bankNumber) => choices.Of("stand", matterNumber, bankNumber) switch
    {
        < 0.55 => OpinionStand.Lawful,
        < 0.85 => OpinionStand.LawfulWithChanges,
        < 0.96 => OpinionStand.Unlawful,
        _ => OpinionStand.Abstain,
    };

    /// <summary>A reply as a mail client writes it: the form on top, the quoted letter beneath.</summary>
    public static byte[] Reply(ExpertLetter letter, string from, OpinionStand stand, DateTimeOffset now, string messageId)
    {
        var word = stand switch
        {
            OpinionStand.Lawful => "合法",
            OpinionStand.LawfulWithChanges => "修改后合法",
            OpinionStand.Unlawful => "不合法",
            _ => "弃权",
        };
        var message = new MimeMessage { Subject = "回复: " + letter.Subject, Date = now, MessageId = messageId, InReplyTo = letter.MessageId };
        message.From.Add(new MailboxAddress("示例专家", from));
        message.To.Add(letter.ReplyTo);
        message.Body = new TextPart("plain")
        {
            Text = $"意见：{word}\r\n理由：经研究送审材料，有关条款的依据、权限和程序已逐项核对。\r\n修改建议：完善第三条的表述。\r\n\r\n------------------ 原始邮件 ------------------\r\n发件人: 示例办公室\r\n主题: {letter.Subject}\r\n\r\n> 您好\r\n",
        };
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return bytes.ToArray();
    }
}
