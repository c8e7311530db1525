namespace ExpertPanel.Workflows.Conflicts;

/// <summary>Whether a finding excludes by itself or waits for a person.</summary>
public enum Certainty
{
    /// <summary>确定：按规则直接回避</summary>
    Certain,
    /// <summary>疑似：由人核实后决定</summary>
    Near,
}

/// <summary>What the name touched is to the matter.</summary>
public enum InterestKind
{
    Sponsor,
    CoSponsor,
    Party,
    Counsel,
    Person,
    /// <summary>送审单位的经办人或负责人</summary>
    SponsorPerson,
    /// <summary>本事项或关联事项此前的办理</summary>
    PriorHandling,
}

/// <summary>How two writings of a name came to be taken for one, from the surest to the least sure.</summary>
public enum NameLikeness
{
    /// <summary>同名（含全半角、空格差异）</summary>
    Same,
    /// <summary>同一名称的不同写法：地名位置、组织形式、简称</summary>
    Rewritten,
    /// <summary>分所、分公司、分行等分支</summary>
    Branch,
    /// <summary>内设机构或院系</summary>
    Division,
    /// <summary>单位名称对照表中的新旧名称</summary>
    Renamed,
    /// <summary>单位名称对照表中的关联单位</summary>
    Affiliated,
    /// <summary>下属或同一集团</summary>
    Subordinate,
    /// <summary>字号相同，地名或组织形式不同</summary>
    SameBrand,
    /// <summary>名称相近，可能有错字</summary>
    Similar,
    /// <summary>姓名相同，可能是同名</summary>
    Namesake,
}

/// <summary>回避情形 as found: which rule, on whose authority, with which evidence.</summary>
/// <param name="Rule">One of <see cref="ConflictRules"/>.</param>
/// <param name="Source">The article that the rule rests upon.</param>
/// <param name="Evidence">Both writings and what connects them, in Chinese, as a person reads it beside the card.</param>
/// <param name="Interest">The matter's own name that is touched, exactly as the matter has it.</param>
/// <param name="Held">The expert's side, exactly as the card has it.</param>
public sealed record Finding(
    string Rule, string Source, string Evidence, Certainty Certainty, NameLikeness Likeness, InterestKind InterestKind, string Interest, string Held)
{
    /// <summary>Names the same finding at every screening of the same expert: what a person decided once stays decided.</summary>
    public string Key { get; } = $"{Rule}|{Draw.NameComparison.Key(Held)}|{Draw.NameComparison.Key(Interest)}";

    public static string RuleOf(string key) => key.Split('|')[0];
}

/// <summary>行业主管部门: the expert is a civil servant of the sponsor's line. No conflict by itself; their share of a panel is limited.</summary>
public sealed record LineDepartment(string Employer, string Sponsor, string Source, string Evidence);

/// <summary>What was found about one expert and one matter.</summary>
public sealed record Screening(IReadOnlyList<Finding> Findings, LineDepartment? Line)
{
    public static Screening Clear { get; } = new([], null);
}
