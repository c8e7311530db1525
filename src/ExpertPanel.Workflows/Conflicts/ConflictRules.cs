namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// The rules of 回避 with their sources. The law names the principle (an expert with a direct interest is barred) and, for officials and
/// lawyers, the grounds; where a rule goes further, its source says that it is the office's own.
/// </summary>
public static class ConflictRules
{
    public const string Employer = "conflict.employer";
    public const string FormerEmployer = "conflict.former-employer";
    public const string Counsel = "conflict.counsel";
    public const string Declared = "conflict.declared";
    public const string Relative = "conflict.relative";
    public const string OwnInterest = "conflict.own-interest";
    public const string SponsorPeople = "conflict.sponsor-people";
    public const string PriorHandling = "conflict.prior-handling";

    /// <summary>Not a conflict but a limit: see <see cref="LineDepartment"/>.</summary>
    public const string Line = "line-department";

    private const string DirectInterest = "《重大行政决策程序暂行条例》（国务院令第713号）第20条：与决策事项有直接利害关系的专家应当回避";
    private const string Officials = "参照《公务员法》第76条";
    private const string Lawyers = "《律师法》第39条";

    /// <exception cref="ArgumentOutOfRangeException">No such rule.</exception>
    public static string SourceOf(string rule) => rule switch
    {
        Employer => DirectInterest,
        FormerEmployer => $"{DirectInterest}；曾任职单位由本机关一并纳入（缺省规则）",
        Counsel => $"{Lawyers}：律师不得代理与本人有利益冲突的法律事务；{DirectInterest}",
        Declared => $"{DirectInterest}；专家本人申报",
        Relative => $"{Officials}：涉及亲属的利害关系；{Lawyers}",
        OwnInterest => $"{DirectInterest}；{Officials}：涉及本人利害关系",
        SponsorPeople => $"{Officials}；送审单位经办人、负责人由本机关一并纳入（缺省规则）",
        PriorHandling => $"{Officials}：其他可能影响公正执行公务的情形；此前办理或发表过意见由本机关一并纳入（缺省规则）",
        Line => "参照衢州市做法：行业主管部门人员不超过三分之一（缺省规则）",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such rule."),
    };

    /// <summary>What the rule is called on a page.</summary>
    public static (string Zh, string En) Called(string rule) => rule switch
    {
        Employer => ("任职单位与本事项有利害关系", "Employer has an interest"),
        FormerEmployer => ("曾任职单位与本事项有利害关系", "Former employer has an interest"),
        Counsel => ("与代理律师事务所同所", "Of the firm that acts for a party"),
        Declared => ("本人申报的利益冲突", "Declared conflict"),
        Relative => ("亲属有利害关系", "Relative has an interest"),
        OwnInterest => ("本人是相关人员", "Is a person concerned"),
        SponsorPeople => ("送审单位经办人或负责人", "Handler or leader of the sponsor"),
        PriorHandling => ("此前办理过本事项或关联事项", "Handled this or a linked matter before"),
        Line => ("行业主管部门人员", "Of the line department"),
        _ => (rule, rule),
    };
}
