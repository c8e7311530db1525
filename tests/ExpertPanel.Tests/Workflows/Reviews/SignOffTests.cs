using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Reviews;

/// <summary>核稿, 会签, 签发: three persons on one matter, whatever roles they hold.</summary>
public sealed class SignOffTests
{
    private static readonly IReadOnlySet<Role> Everything = Enum.GetValues<Role>().ToHashSet();

    private static Walk Countersigning(params string[] divisions)
    {
        var walk = WalkStages.At("drafting");
        walk.Must(Stage.Draft(), People.Handler);
        walk.Must(new SubmitDraft(divisions), People.Handler);
        walk.Must(new VerifyDraft(), People.Head);
        return walk;
    }

    [Fact]
    public void The_verifier_did_not_handle_the_matter_nor_write_the_draft()
    {
        var walk = WalkStages.At("assigning");
        walk.Must(WalkStages.Assignment with { CoHandlers = [new("co", "协办人")] }, People.Head);
        walk.To("drafting");
        walk.Must(Stage.Draft(), People.Handler with { Id = "co", Name = "协办人" });
        walk.Must(new SubmitDraft(), People.Handler);
        walk.MustRefuse("review.three-persons", new VerifyDraft(), People.Handler with { Roles = Everything });
        walk.MustRefuse("review.three-persons", new VerifyDraft(), People.Head with { Id = "co" });
        walk.Must(new VerifyDraft("同意"), People.Head);
        walk.MustIgnore(new VerifyDraft("同意"), People.Head);
        Assert.Equal(new Verification(People.Head.Person, "同意", walk.Now), walk.Matter.Verification);
    }

    [Theory]
    [InlineData("handler")]
    [InlineData("head")]
    public void The_signer_neither_handled_nor_verified(string id) =>
        WalkStages.At("signing").MustRefuse("review.three-persons", new SignOpinion(), People.Leader with { Id = id, Roles = Everything });

    [Fact]
    public void A_delegate_signs_in_the_leaders_name_and_both_are_on_record()
    {
        var walk = WalkStages.At("signing");
        var delegated = People.Leader with { Id = "deputy", Name = "副主任", OnBehalfOf = People.Leader.Person };
        walk.Must(new SignOpinion("代签"), delegated);

        Assert.Equal(new SignOff(new("deputy", "副主任"), People.Leader.Person, "代签", walk.Now), walk.Matter.SignOff);
        walk.MustIgnore(new SignOpinion("代签"), delegated);
    }

    [Theory]
    [InlineData("handler", "leader")]
    [InlineData("head", "leader")]
    [InlineData("deputy", "handler")]
    [InlineData("deputy", "head")]
    public void Delegation_does_not_get_round_the_three_persons(string who, string absent) =>
        WalkStages.At("signing").MustRefuse("review.three-persons", new SignOpinion(),
            People.Leader with { Id = who, Roles = Everything, OnBehalfOf = new(absent, "缺席者") });

    [Fact]
    public void A_delegate_of_the_handler_does_not_verify_either() =>
        WalkStages.At("verifying").MustRefuse("review.three-persons", new VerifyDraft(), People.OtherHead with { OnBehalfOf = People.Handler.Person });

    [Fact]
    public void Nobody_but_a_leader_signs()
    {
        var walk = WalkStages.At("signing");
        walk.MustRefuse("role.missing", new SignOpinion(), People.OtherHead);
        walk.MustRefuse("role.missing", new SignOpinion(), Actor.System("route"));
    }

    [Fact]
    public void Without_verification_there_is_nothing_to_sign()
    {
        var walk = WalkStages.At("verifying");
        walk.Change(m => m with { Stage = "signing" });
        walk.MustRefuse("sign.not-verified", new SignOpinion(), People.Leader);
    }

    [Fact]
    public void Each_named_division_countersigns_once_and_the_last_hands_it_to_the_leader()
    {
        var walk = Countersigning("法制二处", " 法制三处 ", "法制二处", "", "法制一处"); // its own division and doubles left out
        Assert.Equal(["法制二处", "法制三处"], walk.Matter.Countersignatures.Select(c => c.Division));
        walk.MustRefuse("countersign.not-yours", new Countersign(true), People.Head);
        walk.Must(new Countersign(true), People.OtherHead);
        Assert.Equal("countersigning", walk.Matter.Stage);
        walk.MustIgnore(new Countersign(true), People.OtherHead);
        walk.MustRefuse("countersign.not-yours", new Countersign(false, "改主意"), People.OtherHead);
        walk.Must(new Countersign(true), People.OtherHead with { Id = "head3", Division = "法制三处" });
        Assert.Equal("signing", walk.Matter.Stage);
    }

    [Fact]
    public void A_disagreement_gives_its_grounds_and_goes_to_the_leader_with_the_draft()
    {
        var walk = Countersigning("法制二处");
        walk.MustRefuse("countersign.reason-missing", new Countersign(false, " "), People.OtherHead, nameof(Countersign.Comment));
        walk.Must(new Countersign(false, "涉及本处职责，表述不妥"), People.OtherHead);
        Assert.Equal(("signing", false, "涉及本处职责，表述不妥"), (walk.Matter.Stage, walk.Matter.Countersignatures[0].Agrees, walk.Matter.Countersignatures[0].Comment));
    }

    [Theory]
    [InlineData("verifying")]
    [InlineData("signing")]
    [InlineData("numbering")]
    public void A_change_goes_back_to_the_handler_and_everything_after_is_done_anew(string stage)
    {
        var walk = WalkStages.At(stage);
        var actor = stage switch { "verifying" => People.Head, "signing" => People.Leader, _ => People.Document };
        walk.Must(new ReturnDraft("第三条表述"), actor);

        Assert.Equal("drafting", walk.Matter.Stage);
        Assert.Equal((null, null), (walk.Matter.Verification, walk.Matter.SignOff));
        Assert.Empty(walk.Matter.Countersignatures);
        walk.MustRefuse("stage.not-here", new IssueOpinion(), People.Document);
        walk.Must(Stage.Draft() with { Content = "已修改。" }, People.Handler);
        Assert.Equal(("signing", 2), (Resubmitted(walk).Stage, walk.Matter.Draft?.Version));
    }

    [Fact]
    public void A_signed_draft_is_not_edited_in_place() =>
        WalkStages.At("numbering").MustRefuse("stage.not-here", Stage.Draft() with { Content = "改" }, People.Handler);

    private static Matter Resubmitted(Walk walk)
    {
        walk.Must(new SubmitDraft(), People.Handler);
        return walk.Must(new VerifyDraft(), People.Head);
    }
}
