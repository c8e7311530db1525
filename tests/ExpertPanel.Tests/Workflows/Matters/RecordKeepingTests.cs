using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Matters;

/// <summary>批示, 材料, 邮件传送, 督办.</summary>
public sealed class RecordKeepingTests
{
    [Fact]
    public void A_verbal_instruction_entered_later_keeps_both_dates()
    {
        var walk = WalkStages.At("underReview");
        var said = new RecordInstruction("主任丁", "依法稳妥办理", new(2014, 9, 22));
        walk.Must(said, People.Clerk);
        Assert.Equal(new Instruction("主任丁", "依法稳妥办理", new(2014, 9, 22), walk.Now, People.Clerk.Person), Assert.Single(walk.Matter.Instructions));
        walk.MustIgnore(said, People.Clerk);
    }

    [Fact]
    public void No_instruction_is_given_tomorrow() =>
        WalkStages.At("underReview").MustRefuse("instruction.in-future", new RecordInstruction("主任丁", "办理", new(2014, 9, 27)), People.Clerk, nameof(RecordInstruction.OccurredOn));

    [Fact]
    public void A_new_version_of_a_file_stands_beside_the_old_and_the_same_file_is_kept_once()
    {
        var walk = WalkStages.At("underReview");
        var first = new AttachFile(Guid.CreateVersion7(), FileKind.DraftForReview, "送审稿.docx", "application/msword", 10, "aa");
        walk.Must(first, People.Handler);
        walk.MustIgnore(first, People.Handler);
        walk.MustIgnore(first with { FileId = Guid.CreateVersion7() }, People.Handler);
        walk.Must(first with { FileId = Guid.CreateVersion7(), Sha256 = "bb" }, People.Handler);
        Assert.Equal(["aa", "bb"], walk.Matter.Files.Select(f => f.Sha256));
    }

    [Fact]
    public void Whether_contents_may_travel_by_mail_is_decided_with_a_reason()
    {
        var walk = WalkStages.At("underReview", Stage.Registration() with { Secrecy = SecrecyLevel.WorkSecret, MailAllowed = false });
        var allow = new SetMailAllowed(true, "已脱敏");
        walk.Must(allow, People.Head);
        Assert.True(walk.Matter.MailAllowed);
        walk.MustIgnore(allow, People.Head);
        walk.MustRefuse("role.missing", new SetMailAllowed(false, "改回"), People.Handler);
    }

    [Fact]
    public void A_slip_is_opened_once_answered_and_bars_closing_until_then()
    {
        var walk = WalkStages.At("closing");
        walk.MustRefuse("slip.none", new ReplyToSupervision("已办"), People.Handler);
        var slip = new SuperviseMatter(SlipColour.Yellow, "说明采纳情况", new(2014, 9, 30));
        walk.Must(slip, People.Supervisor);
        walk.MustIgnore(slip, People.Supervisor);
        walk.MustRefuse("close.slip-open", new CloseMatter(), People.Handler);
        walk.Must(new ReplyToSupervision("已办结"), People.Handler);

        Assert.Equal(("已办结", walk.Now), (walk.Matter.Slips[0].Reply, walk.Matter.Slips[0].RepliedAt));
        walk.MustIgnore(new ReplyToSupervision("已办结"), People.Handler);
        Assert.Equal("archiving", walk.Must(new CloseMatter(), People.Handler).Stage);
    }

    [Fact]
    public void A_slip_gives_time_to_answer() =>
        WalkStages.At("underReview").MustRefuse("slip.reply-by-past", new SuperviseMatter(SlipColour.Red, "说明", new(2014, 9, 25)), People.Supervisor, nameof(SuperviseMatter.ReplyBy));

    [Fact]
    public void A_later_slip_leaves_the_earlier_answer_alone()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(new SuperviseMatter(SlipColour.Blue, "一", new(2014, 9, 30)), People.Supervisor);
        walk.Must(new ReplyToSupervision("答一"), People.Handler);
        walk.Must(new SuperviseMatter(SlipColour.Blue, "二", new(2014, 9, 30)), People.Supervisor);
        walk.Must(new ReplyToSupervision("答二"), People.Handler);
        Assert.Equal(["答一", "答二"], walk.Matter.Slips.Select(s => s.Reply));
    }
}
