using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Experts;

namespace ExpertPanel.Server.Experts;

/// <summary>An expert whom the government has appointed (聘任), as the secretariat enters the decision into the bank.</summary>
public sealed record NewExpert(
    [Field("姓名", "Name", Most = 60)] string Name,
    [Field("性别", "Gender", Optional = true, Most = 10)] string? Gender,
    [Field("类别", "Category", Optional = true, Most = 40, HintZh = "法制机构人员、学者、律师、司法退休、其他")] string? Category,
    [Field("在职公务员", "Serving civil servant", Optional = true, HintZh = "在职公务员参加咨询不领取咨询费（《公务员法》第44条）")] bool CivilServant,
    [Field("工作单位", "Employer", Most = 200, HintZh = "抽取时据此回避：与送审单位、当事人、代理律所相同的不参加抽取")] string Employer,
    [Field("职称职务", "Title", Optional = true, Most = 100)] string? Title,
    [Field("手机", "Mobile", Optional = true, Most = 30)] string? Mobile,
    [Field("专业", "Specialties", Kind = FieldKind.Specialties)] IReadOnlyList<string> Specialties,
    [Field("登记邮箱", "Registered address", Kind = FieldKind.Email, Most = 254, HintZh = "咨询函发往这个邮箱；只有从登记邮箱发来的回复才可能计入")] string Address,
    [Field("聘期起", "Appointed from")] DateOnly TermFrom,
    [Field("聘期止", "Appointed until")] DateOnly TermTo,
    [Field("批准文号", "Approval", Most = 100, HintZh = "聘任决定的文号；没有文号的写明批准机关和日期")] string Approval,
    [Field("曾任职单位", "Former employers", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个")] IReadOnlyList<string>? FormerEmployers,
    [Field("利害关系单位和个人", "Conflicts", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个：顾问单位、持股单位、当事人等")] IReadOnlyList<string>? Conflicts,
    [Field("近亲属及其单位", "Relatives", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个")] IReadOnlyList<string>? Relatives);

/// <summary>解聘、辞聘.</summary>
public sealed record AppointmentEnd(
    [Field("情形", "Ground", Kind = FieldKind.Choice)] AppointmentEnding Ground,
    [Field("说明及依据", "Reason", Most = 500)] string Reason);
