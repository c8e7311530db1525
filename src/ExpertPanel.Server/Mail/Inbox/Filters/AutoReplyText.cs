using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox.Filters;

/// <summary>
/// An out-of-office reply without any mark but its words. Words are weak evidence, so a person decides; and what speaks of the matter is
/// never taken for one, wherever its author is.
/// </summary>
internal sealed class AutoReplyText : IMailFilter
{
    private const int LongestNote = 400;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline;

    private const string Greeting = @"^\s*((尊敬的)?.{0,12}[:：,，]\s*)?(您好|你好|hello|hi|dear .{0,30})?[\s!！,，.。:：]*";

    private static readonly Regex Note = new(
        Greeting + "("
        + @"[【\[(（]?(系统)?自[动動](回复|回覆|答复|应答|回信)[】\])）!！,，。:：\s]"
        + @"|(这|這|此|本)(是|为|封|邮件|郵件|信).{0,14}自[动動](回复|回覆|答复|应答|发送|發送|发出|生成)"
        + @"|(您|你).{0,6}的?(邮件|来信|信件|来函).{0,8}(收到|收悉|收阅).{0,20}(尽快|稍后|及时|抽空).{0,12}(回复|处理|答复|联系)"
        + @"|(我|本人)(现|目前|现在|正|正在|已经|已|因)?.{0,6}(休假|度假|出差|外出|离职|退休|休息).{0,60}(返回|回来|期间|请致电|请联系|尽快|处理邮件|查看邮件)"
        + @"|(此|本|该|這個)(邮箱|郵箱|信箱)(现|已|已经|將)?.{0,2}(停用|不再使用|停止使用|弃用|更换)"
        + @"|(thank you|thanks) for (your|the) (e-?mail|message|mail).{0,80}(out of (the )?office|away|leave|vacation|holiday|will (reply|respond|get back))"
        + @"|i\s*(['’]m|am) (currently |now |presently )?(out of (the )?office|away from|on ([a-z]+ )?(leave|vacation|holiday)|travell?ing)"
        + ")", Linear);

    private static readonly Regex OfTheMatter = new("合法|违法|違法|同意|异议|意见|意見|修改|审查|審查|弃权|谢绝|婉拒|回避|第.{1,6}[条條]|lawful|agree|opinion|article|abstain|decline|recuse", Linear);

    public FilterAnswer Check(ParsedMail mail) =>
        mail.Attachments.Count == 0 && mail.Text.Length is > 0 and <= LongestNote && Note.IsMatch(mail.Text) && !OfTheMatter.IsMatch(mail.Text)
            ? FilterAnswer.Hold("auto-reply-text", MailKind.AutoReply)
            : FilterAnswer.Continue;
}
