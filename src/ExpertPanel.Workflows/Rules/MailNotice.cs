namespace ExpertPanel.Workflows.Rules;

/// <summary>
/// A ready answer to a mail that could not be counted. Its text is the committee's setting <c>mail.notice.{Id}</c>; rules older than the
/// setting have the default. It names nothing of a matter: whoever wrote the address may not be the expert.
/// </summary>
public sealed record MailNotice(string Id, string Default)
{
    /// <summary>Characters.</summary>
    public const int Longest = 1000;

    private const string Prefix = "mail.notice.";

    public static IReadOnlyList<MailNotice> All { get; } =
    [
        new("registeredAddress", "您发来的邮件收到。发件地址不是专家库登记的邮箱，我办不能据此登记意见。请用登记邮箱直接回复咨询函；登记邮箱有变更的，请与我办联系核实。"),
        new("numberMissing", "您发来的邮件收到。来信没有写明收文编号，也不是对咨询函的直接回复，我办不能确定所答复的事项。请直接回复咨询函原信，或者在主题中写明收文编号。"),
        new("attachmentUnreadable", "您发来的邮件收到。所附文件不能打开或者不是可以接收的类型。请改用 PDF、DOCX、OFD 或图片重新发送，或者通过咨询函中的网页链接提交。"),
        new("roundClosed", "您发来的邮件收到。该事项的专家咨询已经截止，来信作为迟到材料存档，不再计入。感谢您的支持。"),
        new("wrongBody", "您发来的邮件收到。本邮箱只接收受邀专家的咨询答复，来信所述事项不属于本邮箱受理范围，请向主管机关提出。"),
        new("standUnclear", "您发来的邮件收到。来信没有写明总体意见，我办不能登记。请用登记邮箱重新回复，首行写“意见：合法”“意见：修改后合法”“意见：不合法”或者“意见：弃权”，其后写明理由。"),
    ];

    public static bool IsTemplate(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    public static MailNotice? Find(string? id) => All.FirstOrDefault(n => n.Id == id);

    public string Text(CommitteeRules rules) => rules.Has(Prefix + Id) ? rules.Text(Prefix + Id) : Default;
}
