using System.Text.RegularExpressions;
using ExpertPanel.Tests.House;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Rules;

public sealed partial class RefusalCodesTests
{
    [Fact]
    public void Every_refusal_of_the_rules_has_a_test_that_expects_it()
    {
        var codes = Repository.Sources("src/ExpertPanel.Workflows").SelectMany(f => CodesIn(f.Text)).Distinct().Order().ToList();
        var tests = string.Concat(Repository.Sources("tests/ExpertPanel.Tests/Workflows").Where(f => !f.Path.EndsWith("RefusalCodesTests.cs", StringComparison.Ordinal)).Select(f => f.Text));

        Assert.True(codes.Count > 60, $"Only {codes.Count} codes were found: the scan is broken.");
        Assert.Empty(codes.Where(code => !tests.Contains($"\"{code}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("return Decision.Refuse(\"opinion.past-due\", \"x\");", "opinion.past-due")]
    [InlineData("Decision.Refuse(\n    \"a.b\",", "a.b")]
    [InlineData("return new(\"stage.not-here\", stage.Ends", "stage.not-here")]
    [InlineData("new Refusal(\"role.missing\", \"x\")", "role.missing")]
    [InlineData("at.Rules.Deadline(\"answer.urgent\", \"x\")", null)]
    public void A_code_is_recognised_where_it_is_refused(string source, string? code) => Assert.Equal(code, CodesIn(source).SingleOrDefault());

    private static IEnumerable<string> CodesIn(string source) => Refused().Matches(source).Select(m => m.Groups["code"].Value);

    [GeneratedRegex("""(Refuse|Refusal|new)\(\s*"(?<code>[a-z-]+\.[a-z-]+)"\s*,""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Refused();
}
