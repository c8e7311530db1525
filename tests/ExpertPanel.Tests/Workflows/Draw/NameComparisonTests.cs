using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class NameComparisonTests
{
    [Theory]
    [InlineData("甘肃某律师事务所（兰州）", "甘肃某律师事务所(兰州)")]
    [InlineData("ＡＢＣ公司１２", "ABC公司12")]
    [InlineData(" 兰州 大学　法学院\t", "兰州大学法学院")]
    [InlineData("兰州\u00A0大学\u2003法学院", "兰州大学法学院")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉・买买提")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉•买买提")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉‧买买提")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉･买买提")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉 · 买买提")]
    [InlineData("兰州\u200B大学", "兰州大学")]
    [InlineData("㈱山田", "(株)山田")]
    [InlineData("Cafe\u0301", "Café")]
    public void Two_writings_of_one_name_are_the_same(string left, string right) => Assert.True(NameComparison.AreSame(left, right));

    [Theory]
    [InlineData("兰州大学", "兰州大学法学院")]
    [InlineData("ABC公司", "abc公司")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉买买提")]
    [InlineData("某公司(兰州)", "某公司兰州")]
    [InlineData("王某", "玉某")]
    [InlineData("𠮷某", "吉某")]
    public void Different_names_stay_different(string left, string right) => Assert.False(NameComparison.AreSame(left, right));
}
