using ExpertPanel.Workflows.Conflicts;
using Xunit;
using static ExpertPanel.Workflows.Conflicts.NameLikeness;

namespace ExpertPanel.Tests.Workflows.Conflicts;

public sealed class OrganisationNameTests
{
    [Theory]
    [InlineData("甘肃正天合律师事务所", "甘肃省正天合律师事务所", Rewritten)]
    [InlineData("甘肃正天合律师事务所", "正天合律师事务所（甘肃）", Rewritten)]
    [InlineData("甘肃正天合律师事务所", "甘肃 正天合 律所", Rewritten)]
    [InlineData("甘肃正天合律师事务所", "甘肃正天合律师事务所兰州分所", Branch)]
    [InlineData("北京示成（兰州）律师事务所", "北京示成律师事务所", Branch)]
    [InlineData("北京示成（兰州）律师事务所", "北京示成（西安）律师事务所", Branch)]
    [InlineData("甘肃陇示建设工程有限公司", "甘肃陇示建设工程有限责任公司庆阳分公司", Branch)]
    [InlineData("甘肃陇示建设工程有限公司", "陇示建设工程（甘肃）有限公司", Rewritten)]
    [InlineData("兰州大学", "兰州大学法学院", Division)]
    [InlineData("兰州大学", "兰州大学（退休）", Rewritten)]
    [InlineData("兰州大学", " 兰州　大学", Same)]
    [InlineData("甘肃省发展和改革委员会", "省发改委", Rewritten)]
    [InlineData("甘肃省人民政府国有资产监督管理委员会", "甘肃省国资委", Rewritten)]
    [InlineData("甘肃省生态环境厅", "甘肃省生态环境厅法规处", Division)]
    [InlineData("甘肃省环保厅", "甘肃省生态环境厅（原甘肃省环境保护厅）", Rewritten)]
    [InlineData("兰州市中级人民法院", "兰州中院", Rewritten)]
    [InlineData("甘肃银示股份有限公司", "甘肃银示股份有限公司兰州分公司", Branch)]
    public void One_body_in_two_writings_is_certain(string one, string other, NameLikeness how) =>
        Assert.Equal((Certainty.Certain, how), Compare(one, other));

    [Theory]
    [InlineData("甘肃正天合律师事务所", "正天合律师事务所", SameBrand)]
    [InlineData("甘肃正天合律师事务所", "正天合", SameBrand)]
    [InlineData("甘肃正天合律师事务所", "甘肃正天和律师事务所", Similar)]
    [InlineData("甘肃陇示建设集团有限公司", "甘肃陇示建设路桥有限公司", Subordinate)]
    [InlineData("甘肃陇示建设有限公司", "甘肃陇示建设股份有限公司", SameBrand)]
    [InlineData("兰州大学", "兰州大学第一医院", Subordinate)]
    [InlineData("甘肃省财政厅", "财政厅", SameBrand)]
    public void What_may_be_one_body_goes_to_a_person(string one, string other, NameLikeness how) =>
        Assert.Equal((Certainty.Near, how), Compare(one, other));

    [Theory]
    [InlineData("甘肃省财政厅", "兰州市财政局")]
    [InlineData("甘肃省财政厅", "甘肃省教育厅")]
    [InlineData("兰州交通大学", "北京交通大学")]
    [InlineData("兰州大学", "兰州理工大学")]
    [InlineData("兰州大学第一医院", "兰州大学第二医院")]
    [InlineData("示例律师事务所01", "示例律师事务所02")]
    [InlineData("示例大学一法学院", "示例大学二法学院")]
    [InlineData("示例大学一法学院", "示例大学一法学院（2）")]
    [InlineData("甘肃天正律师事务所", "甘肃天阳律师事务所")]
    [InlineData("兰州东方热力有限公司", "兰州西方热力有限公司")]
    [InlineData("甘肃正天合律师事务所", "甘肃正天合商贸有限公司")]
    [InlineData("甘肃省社会科学院法律所", "甘肃省社科联")]
    public void Different_bodies_are_left_alone(string one, string other) => Assert.Null(Compare(one, other));

    [Fact]
    public void An_old_name_a_short_form_and_an_affiliate_come_from_the_offices_table()
    {
        var table = new OrganisationTable(
        [
            new("甘肃省司法厅", ["甘肃省人民政府法制办公室"], [], [], "2018年机构改革"),
            new("示例钢铁集团有限公司", ["示钢"], ["甘肃示泉物流有限公司"], [], "企业信用信息公示"),
        ]);
        Assert.Equal((Certainty.Certain, Renamed), Compare("甘肃省法制办", "甘肃省司法厅法制处", table));
        Assert.Equal((Certainty.Certain, Renamed), Compare("示钢", "示例钢铁（集团）有限责任公司", table));
        Assert.Equal((Certainty.Certain, Affiliated), Compare("示钢", "甘肃示泉物流有限公司兰州分公司", table));
        Assert.Null(Compare("示钢", "甘肃示泉物流有限公司"));
    }

    private static (Certainty, NameLikeness)? Compare(string party, string employer, OrganisationTable? table = null)
    {
        MatterInterests matter = new("示例单位", [], [party], [], [], [], []);
        ScreenedExpert expert = new("E0001", "示例专家", employer, [], [], [], false);
        var findings = new ConflictScreen(matter, table ?? OrganisationTable.Empty).Screen(expert).Findings;
        return findings.Count == 0 ? null : (Assert.Single(findings).Certainty, findings[0].Likeness);
    }
}
