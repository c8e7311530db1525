using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows.Matters;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

public sealed class IdempotencyTests(PostgresServer postgres) : OnBothDatabases(postgres)
{
    [Theory, MemberData(nameof(Both))]
    public async Task The_same_key_acts_once_and_gives_the_same_matter_again(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var first = await panel.RunAsync(null, Stage.Registration(), People.Clerk, "form-1");
        var again = await panel.RunAsync(null, Stage.Registration("另一个标题"), People.Clerk, "form-1");

        Assert.True(again.Repeated);
        Assert.Empty(again.Facts);
        Assert.Equal((first.Matter?.Id, first.Matter?.Title), (again.Matter?.Id, again.Matter?.Title));
        Assert.Equal(1, (await RowsAsync(panel))["matters"]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Another_key_is_another_matter(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        await panel.RunAsync(null, Stage.Registration(), People.Clerk, "form-1");
        var other = await panel.RunAsync(null, Stage.Registration(), People.Clerk, "form-2");
        Assert.False(other.Repeated);
        Assert.Equal("620000-2014-0002", other.Matter?.Number);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_callers_with_one_key_register_one_matter(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var results = await InParallel(8, _ => panel.RunAsync(null, Stage.Registration(), People.Clerk, "form-1"));

        Assert.All(results, r => Assert.True(r.Ok));
        Assert.Single(results, r => !r.Repeated);
        Assert.Single(results.Select(r => r.Matter?.Id).Distinct());
        var rows = await RowsAsync(panel);
        Assert.Equal((1, 1, 1), (rows["matters"], rows["history"], rows["numbers"]));
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Eight_callers_with_one_key_record_one_instruction(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.RegisteredAsync(panel);
        // The texts differ, so that only the key can tell that they are the same step.
        var results = await InParallel(8, i => panel.RunAsync(matter.Id, new RecordInstruction("主任丁", $"批示 {i}", new(2014, 9, 26)), People.Leader, "form-7"));

        Assert.Equal(7, results.Count(r => r.Repeated));
        Assert.Single(System.Text.Json.JsonSerializer.Deserialize<Matter>((await RowAsync(panel, matter.Id)).State, ExpertPanel.Workflows.MatterCommands.Json)?.Instructions ?? []);
        await IntactAsync(panel);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refused_step_does_not_use_up_its_key(DatabaseKind on)
    {
        await using var panel = await PanelAsync(on);
        var matter = await Stage.RegisteredAsync(panel);
        Assert.False((await panel.RunAsync(matter.Id, new AcceptMatter(), People.Head, "form-1")).Ok);
        var accepted = await panel.RunAsync(matter.Id, new StartPreCheck(), People.Handler, "form-1");
        Assert.Equal(("preCheck", false), (accepted.Matter?.Stage, accepted.Repeated));
    }
}
