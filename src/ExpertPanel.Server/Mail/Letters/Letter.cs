using System.Text;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Documents;
using static ExpertPanel.Server.Mail.Letters.LetterPart;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>A letter: its subject and its body. The plain text is the letter; the page shows the same pieces.</summary>
public abstract class Letter(LetterSource source)
{
    private IReadOnlyList<LetterPart>? body;

    /// <summary>What the letter is called: 专家咨询函.</summary>
    public abstract string Name { get; }

    public virtual string Subject => Source.Contents is { } open ? $"{Name}：{open.Title}（{Source.Number}）" : $"{Name}（收文编号 {Source.Number}）";

    public string Greeting => Source.ToName.Length == 0 ? "您好：" : $"{Source.ToName}{Addressed}：";

    public IReadOnlyList<LetterPart> Body => body ??= [.. Write()];

    public string Signature => Source.OfficeName;

    public string WrittenOn => DocumentText.Date(ChinaTime.LocalDate(Source.WrittenAt));

    public string Contact => $"联系方式：{Source.OfficeContact}";

    public virtual string Footer => "本邮件由系统自动发出，请勿转发。";

    public string Text
    {
        get
        {
            var text = new StringBuilder(1024).Append(Greeting).Append("\n\n");
            foreach (var part in Body) part.AppendText(text);
            return text.Append(Contact).Append("\n\n").Append(Signature).Append('\n').Append(WrittenOn).Append("\n\n").Append(Footer).Append('\n').ToString();
        }
    }

    protected LetterSource Source { get; } = source;

    /// <summary>What follows the recipient's name.</summary>
    protected virtual string Addressed => "";

    /// <summary>The matter as the letter may name it.</summary>
    protected string TheMatter => Source.Contents is { } open ? $"“{open.Title}”（收文编号：{Source.Number}）" : $"收文编号 {Source.Number} 的事项";

    protected abstract IEnumerable<LetterPart> Write();

    protected static Paragraph Say(string text) => new(text);
}

/// <summary>A letter to an expert: replies come back to the address with the token.</summary>
public abstract class ExpertLetter(LetterSource source) : Letter(source)
{
    protected override string Addressed => "专家";

    protected Link ReplyPage(string label) => new(label, Source.ReplyPage);
}

/// <summary>A letter to the sponsoring unit's contact person.</summary>
public abstract class SponsorLetter(LetterSource source) : Letter(source)
{
    protected override string Addressed => "同志";

    protected Link MatterPage => new("登录系统查看", Source.MatterPage);

    /// <summary>Said instead of the contents when they may not travel by mail.</summary>
    protected static Paragraph NotByMail => Say("因内容不宜通过邮件传送，具体内容请登录系统查看，或者与我办联系领取纸质通知。");
}
