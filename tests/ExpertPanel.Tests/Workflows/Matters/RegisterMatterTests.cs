using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Xunit;
using static ExpertPanel.Tests.Workflows.Matters.Walk;

namespace ExpertPanel.Tests.Workflows.Matters;

public sealed class RegisterMatterTests
{
    [Fact]
    public void The_receipt_number_carries_the_office_the_year_and_the_serial()
    {
        var walk = WalkStages.At("registered");

        Assert.Equal("620000-2014-0001", walk.Matter.Number);
        Assert.Equal(("legality-review", 1, 1), (walk.Matter.RouteId, walk.Matter.RouteVersion, walk.Matter.RulesVersion));
        Assert.Equal(new DateOnly(2014, 9, 28), walk.Matter.StageDeadline?.Due); // a Sunday that is worked
    }

    [Theory]
    [InlineData(Role.CaseHandler)]
    [InlineData(Role.Leader)]
    [InlineData(Role.Expert)]
    [InlineData(Role.SystemAdministrator)]
    public void Only_the_registry_and_the_sponsor_register(Role role) =>
        new Walk().MustRefuse("role.missing", Stage.Registration(), new("x", "某人", new HashSet<Role> { role }, "web"));

    [Fact]
    public void A_sponsor_may_register_its_own_matter() =>
        Assert.Equal("registered", new Walk().Must(Stage.Registration(), new("s", "联系人", new HashSet<Role> { Role.Sponsor }, "web")).Stage);

    [Theory]
    [InlineData("关于某项目的请示（机密★10年）")]
    [InlineData("绝密★长期")]
    [InlineData("秘密 * 3年 关于某事的函")]
    public void A_state_secret_mark_is_refused_and_nothing_is_kept(string title) =>
        new Walk().MustRefuse("matter.state-secret", Stage.Registration(title), People.Clerk, nameof(RegisterMatter.Title));

    [Fact]
    public void A_mark_among_the_materials_counts_too() =>
        new Walk().MustRefuse("matter.state-secret", Stage.Registration() with { Materials = ["送审稿", "附件二（秘密★）"] }, People.Clerk, nameof(RegisterMatter.Title));

    [Fact]
    public void A_title_that_only_speaks_of_secrecy_is_registered() =>
        Assert.Equal("registered", WalkStages.At("registered", Stage.Registration("关于国家秘密定密管理办法（送审稿）的请示")).Matter.Stage);

    [Fact]
    public void Nothing_is_received_in_the_future() =>
        new Walk().MustRefuse("matter.received-in-future", Stage.Registration() with { ReceivedAt = TestPanel.Start.AddMinutes(6) }, People.Clerk, nameof(RegisterMatter.ReceivedAt));

    [Fact]
    public void A_link_to_a_matter_that_is_not_there_is_refused() =>
        new Walk().MustRefuse("matter.link-not-found", Stage.Registration() with { LinkedNumber = "620000-2013-0009" }, People.Clerk, nameof(RegisterMatter.LinkedNumber));

    [Fact]
    public void A_withdrawn_matter_submitted_again_is_a_new_matter_linked_to_the_old()
    {
        var old = WalkStages.At("preCheck");
        old.Must(new WithdrawMatter("另行研究"), People.Clerk);
        var walk = new Walk { Linked = old.Matter };
        var matter = walk.Must(Stage.Registration() with { LinkedNumber = old.Matter.Number }, People.Clerk);

        Assert.Equal(new MatterLink("620000-2014-0001", LinkKind.Resubmission), matter.Link);
        Assert.Null(matter.Ending);
        Assert.Equal(EndingKind.Withdrawn, old.Matter.Ending?.Kind);
    }

    [Fact]
    public void A_finished_matter_opened_again_is_a_new_matter_linked_to_the_old()
    {
        var walk = new Walk { Linked = WalkStages.At("archived").Matter };
        Assert.Equal(LinkKind.Reopening, walk.Must(Stage.Registration() with { LinkedNumber = "620000-2014-0001" }, People.Clerk).Link?.Kind);
    }

    [Fact]
    public void What_came_on_the_last_day_of_the_year_is_numbered_in_the_year_of_its_registration()
    {
        // Received 31 December 2014; registered and accepted 4 January 2015, a Sunday made up.
        var walk = new Walk { Now = Beijing(2015, 1, 4) };
        walk.Must(Stage.Registration() with { ReceivedAt = Beijing(2014, 12, 31, 16) }, People.Clerk);

        Assert.Equal("620000-2015-0001", walk.Matter.Number);
        Assert.Equal(Beijing(2014, 12, 31, 16), walk.Matter.Submission.ReceivedAt);
        Assert.Equal(Beijing(2015, 1, 4), walk.Matter.Submission.RegisteredAt);
        walk.To("assigning");
        Assert.Equal(Beijing(2015, 1, 4), walk.Matter.AcceptedAt);
    }

    [Fact]
    public void The_year_of_a_number_turns_at_midnight_in_Beijing()
    {
        // 16:30 UTC on 31 December is half past midnight of New Year's Day in Beijing.
        var walk = new Walk { Now = new(2014, 12, 31, 16, 30, 0, TimeSpan.Zero) };
        Assert.Equal("620000-2015-0001", walk.Must(Stage.Registration() with { ReceivedAt = walk.Now }, People.Clerk).Number);
    }

    [Theory]
    [InlineData(SecrecyLevel.WorkSecret, false, false)]
    [InlineData(SecrecyLevel.WorkSecret, true, true)]
    [InlineData(SecrecyLevel.Open, false, true)]
    public void A_work_secret_travels_by_mail_only_when_allowed(SecrecyLevel secrecy, bool asked, bool allowed) =>
        Assert.Equal(allowed, WalkStages.At("registered", Stage.Registration() with { Secrecy = secrecy, MailAllowed = asked }).Matter.MailAllowed);

    [Fact]
    public void No_command_runs_on_a_matter_that_is_not_there() => new Walk().MustRefuse("matter.not-found", new StartPreCheck(), People.Handler);
}
