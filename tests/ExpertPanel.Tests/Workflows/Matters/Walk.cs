using ExpertPanel.Server.Deadlines;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;
using Xunit;
using Route = ExpertPanel.Workflows.Routes.Route;

namespace ExpertPanel.Tests.Workflows.Matters;

/// <summary>
/// One matter walked through the pure rules alone, with the seed's route and rules, the national calendar and the made-up bank. The clock,
/// the numbers and the chance are the test's own; there is no database.
/// </summary>
public sealed class Walk
{
    private readonly Dictionary<(string Code, int Year), int> series = [];
    private readonly RouteDriver driver = new();
    private int ids;

    public static Route SeedRoute { get; } =
        RouteReader.Read(SeedFiles.BesideProgram.Route).Route ?? throw new InvalidOperationException("The seed route has faults.");

    public static CommitteeRules SeedRules { get; } =
        CommitteeRules.Read(SeedFiles.BesideProgram.Rules).Rules ?? throw new InvalidOperationException("The seed rules have faults.");

    public static WorkingCalendar National { get; } = new CalendarStore(SeedFiles.BesideProgram.Calendars).National;

    public DateTimeOffset Now { get; set; } = TestPanel.Start;

    public Route Route { get; init; } = SeedRoute;

    public CommitteeRules Rules { get; set; } = SeedRules;

    public WorkingCalendar Calendar { get; set; } = National;

    public List<PoolMember> Pool { get; } = Bank(60);

    public OrganisationTable Organisations { get; set; } = OrganisationTable.Empty;

    /// <summary>Another matter that a command may link to.</summary>
    public Matter? Linked { get; set; }

    public Matter? Current { get; private set; }

    public Matter Matter => Current ?? throw new InvalidOperationException("Nothing is registered yet.");

    public Panel Panel => Matter.Panel ?? throw new InvalidOperationException("There is no panel.");

    public IReadOnlyList<Invitation> Invitations => Panel.Invitations;

    public DrawEvidence? Evidence { get; set; }

    /// <summary>Everything that became fact, in order.</summary>
    public List<MatterEvent> Facts { get; } = [];

    public List<LetterDue> Letters { get; } = [];

    /// <summary>Questions not yet put.</summary>
    public List<TimerDue> Timers { get; } = [];

    public static List<PoolMember> Bank(int experts) =>
    [
        .. MadeUpBank.Of(SeedFiles.BesideProgram, experts, 17, DateOnly.FromDateTime(TestPanel.Start.Date)).Select(e => new PoolMember(e.Id, new(
            e.BankNumber, e.Name, e.Employer, e.FormerEmployers, e.Specialties, e.CommitteeMember, e.TermFrom, e.TermTo, false, 0, 0, e.Conflicts, e.Relatives))),
    ];

    /// <summary>What the rules say, without acting on it.</summary>
    public Decision Ask(MatterCommand command, Actor actor) => MatterProcess.Decide(Current, command, At(command, actor));

    /// <summary>Runs a command that must be accepted, and what follows from it by itself.</summary>
    public Matter Must(MatterCommand command, Actor actor)
    {
        var decision = Ask(command, actor);
        Assert.True(decision.Refusal is null, $"{command.Name}: {decision.Refusal?.Code} {decision.Refusal?.Message}");
        Assert.True(decision.Events.Count > 0, $"{command.Name} changed nothing.");
        Take(command, actor, decision);
        return Matter;
    }

    /// <summary>A refusal says its code, speaks to the user in Chinese, and leaves nothing.</summary>
    public void MustRefuse(string code, MatterCommand command, Actor actor, string? field = null)
    {
        var decision = Ask(command, actor);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Equal(field, decision.Refusal?.Field);
        Assert.Contains(decision.Refusal?.Message ?? "", c => c is >= '一' and <= '龥');
        Assert.Empty(decision.Events);
        Assert.Empty(decision.Letters);
        Assert.Empty(decision.Timers);
        Assert.Null(decision.Draw);
    }

    /// <summary>Already so: no refusal, and nothing happens.</summary>
    public void MustIgnore(MatterCommand command, Actor actor) => Assert.Same(Decision.Nothing, Ask(command, actor));

    /// <summary>Sets the clock forward and puts every question that falls due on the way, as the timers do.</summary>
    public void Pass(TimeSpan time) => PassTo(Now + time);

    public void PassTo(DateTimeOffset until)
    {
        while (Timers.OrderBy(t => t.At).FirstOrDefault(t => t.At <= until) is { } next)
        {
            Timers.Remove(next);
            if (next.At > Now) Now = next.At;
            var decision = Ask(next.Command, Actor.System("timer"));
            if (decision.Refusal is { Code: "matter.suspended" }) Timers.Add(next with { At = Now.AddDays(1) });
            else if (decision.Refusal is null) Take(next.Command, Actor.System("timer"), decision);
        }

        if (until > Now) Now = until;
    }

    /// <summary>Puts the matter into a state that the seed's route can't reach, but a route of another committee might.</summary>
    public void Change(Func<Matter, Matter> change) => Current = change(Matter);

    public static DateTimeOffset Beijing(int year, int month, int day, int hour = 9, int minute = 0) => new(year, month, day, hour, minute, 0, ChinaTime.Offset);

    private void Take(MatterCommand command, Actor actor, Decision decision)
    {
        if (command is INeedsNumber numbered && decision.Events.Count > 0)
        {
            var key = numbered.Series(Current, At(command, actor));
            series[key] = series.GetValueOrDefault(key) + 1;
        }

        Keep(decision);
        var waiting = new Queue<MatterCommand>(Current is null ? [] : driver.Follow(Route, Current, decision.Events));
        while (waiting.TryDequeue(out var next))
        {
            var following = Ask(next, Actor.System("route"));
            if (following.Refusal is not null) continue;
            Keep(following);
            foreach (var after in driver.Follow(Route, Matter, following.Events)) waiting.Enqueue(after);
        }
    }

    private void Keep(Decision decision)
    {
        if (decision.Events.Count > 0) Current = (Current ?? Matter.Unborn).Apply(decision.Events);
        Facts.AddRange(decision.Events);
        Letters.AddRange(decision.Letters);
        Timers.AddRange(decision.Timers);
        Evidence = decision.Draw ?? Evidence;
    }

    private StepContext At(MatterCommand command, Actor actor)
    {
        var context = new StepContext
        {
            Now = Now,
            Actor = actor,
            Route = Route,
            Rules = Rules,
            Calendar = Calendar,
            NewId = new(++ids, 0, 0, new byte[8]), // The draw's id is in its frozen input: the same walk draws the same panel.
            Pool = command is INeedsPool or INeedsScreening ? Pool : [],
            Organisations = Organisations,
            Randomness = command is INeedsPool ? new string('7', 64) : "",
            Draw = command is INeedsDraw ? Evidence : null,
            Linked = command is INeedsLinkedMatter or INeedsScreening ? Linked : null,
        };
        return command is INeedsNumber numbered ? context with { NextSerial = series.GetValueOrDefault(numbered.Series(Current, context)) + 1 } : context;
    }
}
