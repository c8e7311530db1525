using ExpertPanel.Workflows.Conflicts;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Conflicts;

public sealed class ConflictScreenTests
{
    private static readonly MatterInterests Matter = new(
        "甘肃省生态环境厅", ["甘肃省财政厅"], ["兰州示例热力有限公司", "周示例"], ["甘肃正天合律师事务所"], ["王示例"], ["李经办"], []);

    private static readonly ScreenedExpert Expert = new("E0007", "赵专家", "兰州大学法学院", [], [], [], false);

    [Fact]
    public void Who_has_nothing_to_do_with_the_matter_is_clear() => Assert.Same(Screening.Clear, Screen(Expert));

    [Fact]
    public void Each_rule_gives_its_source_its_evidence_and_the_matters_own_name()
    {
        var findings = Screen(Expert with
        {
            Employer = "甘肃正天合律师事务所兰州分所",
            FormerEmployers = ["甘肃省生态环境厅"],
            Conflicts = ["兰州示例热力有限公司"],
            Relatives = ["配偶：王示例", "李经办"],
        }).Findings;
        Assert.Equal(
            [ConflictRules.Counsel, ConflictRules.FormerEmployer, ConflictRules.Declared, ConflictRules.Relative, ConflictRules.SponsorPeople], findings.Select(f => f.Rule));
        Assert.Equal(["甘肃正天合律师事务所", "甘肃省生态环境厅", "兰州示例热力有限公司", "王示例", "李经办"], findings.Select(f => f.Interest));
        Assert.All(findings, f => Assert.Equal(Certainty.Certain, f.Certainty));
        Assert.All(findings, f => Assert.Contains("第", f.Source, StringComparison.Ordinal));
        Assert.Equal("现工作单位“甘肃正天合律师事务所兰州分所”与代理律师事务所“甘肃正天合律师事务所”是同一机构及其分支", findings[0].Evidence);
    }

    [Fact]
    public void A_relative_who_only_works_for_one_concerned_is_for_a_person_to_weigh()
    {
        var finding = Assert.Single(Screen(Expert with { Relatives = ["钱某某（甘肃正天合律师事务所）"] }).Findings);
        Assert.Equal((ConflictRules.Relative, Certainty.Near, "甘肃正天合律师事务所"), (finding.Rule, finding.Certainty, finding.Interest));
    }

    [Fact]
    public void A_namesake_of_a_person_concerned_is_for_a_person_to_weigh()
    {
        var finding = Assert.Single(Screen(Expert with { Name = "王 示例" }).Findings);
        Assert.Equal((ConflictRules.OwnInterest, Certainty.Near, NameLikeness.Namesake), (finding.Rule, finding.Certainty, finding.Likeness));
    }

    [Fact]
    public void Prior_handling_is_sure_by_bank_number_or_by_name_and_employer_and_near_by_name_alone()
    {
        PriorHandler[] handlers = [new("E0007", "赵专家", null, "专家意见", "620000-2013-0003"), new(null, "钱专家", "兰州大学", "论证会出席专家", "620000-2013-0003")];
        var screen = new ConflictScreen(Matter with { PriorHandlers = handlers }, OrganisationTable.Empty);
        Assert.Equal((ConflictRules.PriorHandling, Certainty.Certain, "甘肃省生态环境厅"), Only(screen.Screen(Expert)));
        Assert.Equal((ConflictRules.PriorHandling, Certainty.Certain, "甘肃省生态环境厅"), Only(screen.Screen(Expert with { BankNumber = "E0008", Name = "钱专家" })));
        Assert.Equal((ConflictRules.PriorHandling, Certainty.Near, "甘肃省生态环境厅"), Only(screen.Screen(Expert with { BankNumber = "E0009", Name = "钱专家", Employer = "示例公证处" })));
    }

    [Fact]
    public void A_civil_servant_of_the_sponsors_line_is_marked_and_has_no_conflict()
    {
        var official = Expert with { Employer = "兰州市生态环境局", CivilServant = true };
        var screening = Screen(official);
        Assert.Empty(screening.Findings);
        Assert.Contains("兰州市生态环境局", screening.Line?.Evidence, StringComparison.Ordinal);
        Assert.Null(Screen(official with { CivilServant = false }).Line);
        Assert.Null(Screen(official with { Employer = "兰州市财政局" }).Line);
        var renamed = new OrganisationTable([new("甘肃省生态环境厅", ["甘肃省环境保护厅"], [], [], "2018年机构改革")]);
        Assert.NotNull(new ConflictScreen(Matter, renamed).Screen(official with { Employer = "天水市环境保护局" }).Line);
    }

    [Fact]
    public void The_same_finding_has_the_same_key_in_another_writing()
    {
        var plain = Screen(Expert with { Employer = "正天合律师事务所" }).Findings;
        var spaced = Screen(Expert with { Employer = " 正天合　律师事务所" }).Findings;
        Assert.Equal(Assert.Single(plain).Key, Assert.Single(spaced).Key);
    }

    private static Screening Screen(ScreenedExpert expert) => new ConflictScreen(Matter, OrganisationTable.Empty).Screen(expert);

    private static (string, Certainty, string) Only(Screening screening) =>
        Assert.Single(screening.Findings) is var f ? (f.Rule, f.Certainty, f.Interest) : default;
}
