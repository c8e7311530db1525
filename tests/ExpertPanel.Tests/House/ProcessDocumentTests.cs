using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Routes;
using Xunit;

namespace ExpertPanel.Tests.House;

/// <summary>docs/processes.md says of every command what its source and the route say.</summary>
public sealed class ProcessDocumentTests
{
    private static readonly ProcessReader Reader = new(Repository.Sources("src/ExpertPanel.Workflows"));

    private static readonly IReadOnlyList<string> Rows = [.. Repository.Read("docs/processes.md").Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))];

    public static TheoryData<string> Commands { get; } = [.. MatterCommands.Commands.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Commands))]
    public void A_command_has_its_row_as_the_source_has_it(string command)
    {
        var expected = Reader.Of(MatterCommands.Commands[command], Walk.SeedRoute).Row;
        var row = Rows.SingleOrDefault(r => r.StartsWith($"| `{command}` ", StringComparison.Ordinal)) ?? "";
        Assert.True(row.StartsWith(expected, StringComparison.Ordinal), $"docs/processes.md should say:\n{expected}");
        Assert.True(row.Length > expected.Length + 10, "The last cell says in plain English what happens.");
    }

    [Fact]
    public void The_document_invents_no_command()
    {
        var named = Rows.Where(r => r.Split('`').Length > 2).Select(r => r.Split('`')[1]).ToList();
        Assert.Empty(named.Except(MatterCommands.Commands.Keys).Except(Walk.SeedRoute.Stages.Select(s => s.Id)));
        Assert.Equal(named.Count, named.Distinct().Count());
    }

    [Fact]
    public void Every_stage_of_the_route_stands_in_the_document_with_its_name_and_desk()
    {
        foreach (var stage in Walk.SeedRoute.Stages)
        {
            var desk = stage.Acts is { } role ? RoleNames.Zh(role) : "–";
            Assert.Contains(Rows, r => r.StartsWith($"| `{stage.Id}` {stage.Name.Zh} | {desk} | {stage.Deadline ?? "–"} |", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_fact_every_letter_and_every_role_of_the_route_is_somebodys()
    {
        var all = MatterCommands.Commands.Values.Select(c => Reader.Of(c, Walk.SeedRoute)).ToList();
        // The limit of a stage is set for every command that enters one.
        Assert.Empty(MatterCommands.Events.Keys.Except(all.SelectMany(f => f.Events)).Except(["stageDeadlineSet"]));
        Assert.Equal(LetterKinds.All.Count, all.SelectMany(f => f.Letters).Distinct().Count());
        Assert.All(all, f => Assert.NotEmpty(f.Who));
    }

    [Theory, MemberData(nameof(AskedTwiceTests.Cases), MemberType = typeof(AskedTwiceTests))]
    public void What_a_command_does_is_what_its_row_says(int index)
    {
        var (stage, ask) = AskedTwiceTests.Accepted[index];
        var walk = WalkStages.At(stage);
        var (command, actor) = ask(walk);
        var (decision, facts) = (walk.Ask(command, actor), Reader.Of(command.GetType(), Walk.SeedRoute));
        Assert.Subset(facts.Events.Append("stageDeadlineSet").ToHashSet(), decision.Events.Select(e => e.Name).ToHashSet());
        Assert.Subset(facts.Letters.Select(LetterKind).ToHashSet(), decision.Letters.Select(l => l.Kind).ToHashSet());
        Assert.Subset(facts.Timers.Append("warnDeadline").ToHashSet(), decision.Timers.Select(t => t.Command.Name).ToHashSet());

        static string LetterKind(string name) => $"{typeof(LetterKinds).GetField(name)?.GetRawConstantValue()}";
    }

    [Fact]
    public void The_source_is_read_through_the_pieces_that_commands_share()
    {
        var reader = new ProcessReader([new("x.cs",
            "public sealed record AcceptMatter : MatterCommand\n{\n    X Decide() => Shared.Tell(new MatterAccepted(Leave(matter, at)));\n}\n\n"
            + "internal static class Shared\n{\n    public static X Tell(Y y) => Other(y, LetterKinds.Thanks);\n\n    private static X Other(Y y) => new CloseRound();\n\n    public static X Unused(Y y) => LetterKinds.MeetingNotice;\n}\n")]);
        var facts = reader.Of(MatterCommands.Commands["acceptMatter"], Walk.SeedRoute);
        Assert.Equal("| `acceptMatter` 受理 | 处长 | matterAccepted, stageEntered | Thanks | closeRound | – |", facts.Row);
    }
}
