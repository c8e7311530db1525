using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Tests.Workflows.Matters;

/// <summary>Brings a walk to a stage of the main line by the shortest way.</summary>
public static class WalkStages
{
    public static PrepareDraw ThreeSeats { get; } =
        new([new(["administrative"], true), new(null, false), new(null, false)], "特许经营期限是否合法？");

    public static AssignMatter Assignment { get; } = new(People.Leader.Person, "法制一处", People.Handler.Person);

    private static readonly (string Stage, Action<Walk> Step)[] MainLine =
    [
        ("preCheck", w => w.Must(new StartPreCheck(), People.Handler)),
        ("assigning", w =>
        {
            w.Must(new RecordPreCheck(true, true, true, true), People.Handler);
            w.Must(new AcceptMatter(), People.Head);
        }),
        ("underReview", w => w.Must(Assignment, People.Head)),
        ("drawing", w =>
        {
            w.Must(new RecordFindings("权限合法", "程序完备", "内容待议", "特许经营期限是否合法？"), People.Handler);
            w.Must(ThreeSeats, People.Handler);
        }),
        ("expertConsulting", w => w.Draw()),
        ("summarising", w =>
        {
            foreach (var invitation in w.Invitations.Where(i => i.IsOpen).ToList()) w.Answer(invitation);
            w.Must(new CloseRound(), People.Secretariat);
        }),
        ("drafting", w => w.Must(new SummariseOpinions("三位专家一致认为合法。"), People.Handler)),
        ("verifying", w =>
        {
            w.Must(Stage.Draft(), People.Handler);
            w.Must(new SubmitDraft(), People.Handler);
        }),
        ("signing", w => w.Must(new VerifyDraft("同意"), People.Head)),
        ("numbering", w => w.Must(new SignOpinion("同意发出"), People.Leader)),
        ("delivering", w => w.Must(new IssueOpinion(), People.Document)),
        ("awaitingFeedback", w => w.Must(new ConfirmDelivery("联系人一"), People.Document)),
        ("closing", w => w.Must(new RecordFeedback(AdoptionKind.Adopted), People.Handler)),
        ("archiving", w => w.Must(new CloseMatter(), People.Handler)),
        ("archived", w => w.Must(new ArchiveMatter(RetentionTerm.Permanent), People.Archivist)),
    ];

    /// <summary>The stages that <see cref="To"/> can reach, in order.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["registered", .. MainLine.Select(s => s.Stage)];

    /// <summary>A new walk that stands in this stage.</summary>
    public static Walk At(string stage, RegisterMatter? registration = null) => new Walk().To(stage, registration);

    public static Walk To(this Walk walk, string stage, RegisterMatter? registration = null)
    {
        if (walk.Current is null) walk.Must(registration ?? Stage.Registration(), People.Clerk);
        for (var i = Stages.ToList().IndexOf(walk.Matter.Stage); i < MainLine.Length && Stages[i] != stage; i++)
        {
            MainLine[i].Step(walk);
            if (walk.Matter.Stage != Stages[i + 1]) throw new InvalidOperationException($"Expected '{Stages[i + 1]}', stands in '{walk.Matter.Stage}'.");
        }

        return walk.Matter.Stage == stage ? walk : throw new InvalidOperationException($"'{stage}' was not reached.");
    }

    /// <summary>Secretariat and auditor commit and show their values; the draw follows by itself.</summary>
    public static void Draw(this Walk walk)
    {
        foreach (var (command, actor) in Shares.Acts(walk.Matter, People.Secretariat, People.Auditor)) walk.Must(command, actor);
    }

    /// <summary>Both have committed, nobody has shown a value.</summary>
    public static Walk Committed(this Walk walk)
    {
        foreach (var (command, actor) in Shares.Acts(walk.Matter, People.Secretariat, People.Auditor).Take(2)) walk.Must(command, actor);
        return walk;
    }

    /// <summary>The expert accepts and gives an opinion.</summary>
    public static void Answer(this Walk walk, Invitation invitation, OpinionStand stand = OpinionStand.Lawful, string text = "经审查，符合法律规定。")
    {
        walk.Must(new AcceptInvitation(invitation.Id, true), People.Expert(invitation));
        walk.Must(Stage.Opinion(invitation, stand, text), People.Expert(invitation));
    }

    public static Invitation Now(this Walk walk, Invitation invitation) =>
        walk.Panel.Find(invitation.Id) ?? throw new InvalidOperationException("The invitation is gone.");
}
