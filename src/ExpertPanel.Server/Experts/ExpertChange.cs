using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Experts;

/// <summary>What the secretariat may change of an expert. Who is appointed, and until when, is decided elsewhere.</summary>
public sealed record ExpertChange(
    [Field("工作单位", "Employer", Most = 200, HintZh = "抽取时据此回避：与送审单位、当事人、代理律所相同的不参加抽取")] string Employer,
    [Field("职称职务", "Title", Optional = true, Most = 100)] string? Title,
    [Field("专业", "Specialties", Kind = FieldKind.Specialties)] IReadOnlyList<string> Specialties,
    [Field("请假起始日", "On leave from", Optional = true)] DateOnly? LeaveFrom,
    [Field("请假截止日", "On leave until", Optional = true, HintZh = "只填起始日的，视为未定归期")] DateOnly? LeaveTo,
    [Field("曾任职单位", "Former employers", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个")] IReadOnlyList<string>? FormerEmployers,
    [Field("利害关系单位和个人", "Conflicts", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个：顾问单位、持股单位、当事人等")] IReadOnlyList<string>? Conflicts,
    [Field("近亲属及其单位", "Relatives", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个")] IReadOnlyList<string>? Relatives,
    [Field("登记邮箱", "Registered addresses", HintZh = "只有从登记邮箱发来的回复才可能计入；咨询函发往首选邮箱")] IReadOnlyList<ExpertMail> Addresses,
    [Field("变更原因", "Why", Most = 500)] string Reason);

public sealed record ExpertMail(
    [Field("邮箱地址", "Mail address", Kind = FieldKind.Email, Most = 254)] string Address,
    [Field("首选", "Preferred", Optional = true)] bool Primary,
    [Field("已核实", "Verified", Optional = true)] bool Verified);
