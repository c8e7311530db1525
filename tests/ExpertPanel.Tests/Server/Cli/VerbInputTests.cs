using ExpertPanel.Server.Cli;
using Xunit;

namespace ExpertPanel.Tests.Server.Cli;

[Collection(VerbCollection.Name)]
public sealed class VerbInputTests(SeededFile file)
{
    [Fact]
    public async Task An_unknown_verb_gets_the_list_of_verbs()
    {
        var error = await VerbRun.RefusedAsync("nonsense");

        Assert.All(Verbs.Known.Keys, verb => Assert.Contains(verb, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_verb_explains_itself()
    {
        foreach (var (name, verb) in Verbs.Known)
            Assert.Equal($"{verb.Usage}\n  {verb.Does}", (await VerbRun.MustAsync(name, "--help")).Output.Trim());
    }

    [Theory]
    [InlineData("migrate --nonsense")]
    [InlineData("migrate now")]
    [InlineData("seed")]
    [InlineData("seed nonsense")]
    [InlineData("seed demo extra")]
    [InlineData("seed committee")]
    [InlineData("work extra")]
    [InlineData("create-admin")]
    [InlineData("create-admin --name a --committee")]
    [InlineData("create-admin --name a --committee 620000 --role emperor")]
    [InlineData("create-admin --name a --name b --committee 620000")]
    [InlineData("verify-audit --from /nowhere/panel.db")]
    [InlineData("verify-audit --from")]
    [InlineData("report")]
    [InlineData("report --year 14")]
    [InlineData("report --year 2014 --format docx")]
    [InlineData("report --year 2014 --format xlsx")]
    [InlineData("backup")]
    [InlineData("backup a b")]
    [InlineData("restore")]
    [InlineData("restore /nowhere/panel.db")]
    [InlineData("read-mail")]
    [InlineData("read-mail /nowhere/a.eml")]
    [InlineData("draw")]
    [InlineData("verify-draw")]
    [InlineData("simulate --year x")]
    [InlineData("simulate --db garbage")]
    public async Task Bad_input_is_refused_with_one_line_a_problem(string arguments) => await VerbRun.RefusedAsync(arguments.Split(' '));

    [Theory]
    [InlineData("seed demo")]
    [InlineData("verify-audit")]
    [InlineData("report --year 2014")]
    [InlineData("create-admin --name a --committee 620000")]
    [InlineData("work")]
    public async Task A_database_without_the_schema_is_named_and_not_migrated_by_surprise(string arguments)
    {
        var missing = file.In("missing.db");

        var error = await VerbRun.RefusedAsync([.. arguments.Split(' '), "--db", $"Data Source={missing}"]);

        Assert.Contains("migrate", error, StringComparison.Ordinal);
        Assert.False(File.Exists(missing));
    }

    [Theory]
    [InlineData("report --year 2014 --committee 999999")]
    [InlineData("verify-audit --committee 999999")]
    [InlineData("seed committee --committee 999999")]
    [InlineData("create-admin --name a --committee 999999")]
    public async Task An_unknown_committee_is_named(string arguments) =>
        Assert.Contains("999999", await VerbRun.RefusedAsync([.. arguments.Split(' '), "--db", file.Database]), StringComparison.Ordinal);

    [Fact]
    public async Task A_connection_string_that_is_none_is_refused() => await VerbRun.RefusedAsync("migrate", "--db", "not=a;connection");
}
