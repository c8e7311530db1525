using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

/// <summary>Secretariat and auditor: committed before either is shown, and whoever is second draws.</summary>
public sealed class TwoPersonTests
{
    [Fact]
    public void The_last_value_shown_draws_in_the_same_step()
    {
        var walk = WalkStages.At("drawing").Committed();
        walk.Must(Shares.Reveal(ShareSide.Secretariat), People.Secretariat);
        Assert.Equal(("drawing", null), (walk.Matter.Stage, walk.Panel.Beacon?.Value));

        walk.Must(Shares.Reveal(ShareSide.Audit), People.Auditor);
        Assert.Equal("expertConsulting", walk.Matter.Stage);
        Assert.Equal(Shares.Secretariats + Shares.Auditors, walk.Panel.Beacon?.Value);
        var transcript = DrawTranscript.FromJson(walk.Evidence?.TranscriptJson ?? "");
        Assert.Equal(new Beacon(NamedBeacon.TwoPersonSource, $"{walk.Panel.DrawId}", Shares.Both), transcript.Input.Beacon);
        Assert.True(DrawVerification.Verify(walk.Evidence?.TranscriptJson ?? "").IsVerified);
    }

    [Fact]
    public void The_value_stands_in_no_fact_before_both_have_committed()
    {
        var walk = WalkStages.At("drawing").Committed();
        var kept = MatterCommands.Write(walk.Matter) + string.Concat(walk.Facts.Select(MatterCommands.Write));
        Assert.DoesNotContain(Shares.Secretariats, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Shares.Auditors, kept, StringComparison.Ordinal);
        Assert.Contains(Shares.Commit(walk.Matter, ShareSide.Audit).Commitment, kept, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commitment_is_what_the_docstring_says()
    {
        var draw = Guid.Parse("0190f5a4-0000-7000-8000-00000000000a");
        byte[] bytes = [.. Encoding.ASCII.GetBytes("expertpanel/share/1\u00000190f5a4-0000-7000-8000-00000000000a\0audit\0"), .. Convert.FromHexString(Shares.Auditors)];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), ShareCommitment.Of(draw, ShareSide.Audit, Shares.Auditors));
    }

    [Fact]
    public void No_value_is_shown_before_both_have_committed()
    {
        var walk = WalkStages.At("drawing");
        walk.MustRefuse("share.not-yours", Shares.Reveal(ShareSide.Secretariat), People.Secretariat);
        walk.Must(Shares.Commit(walk.Matter, ShareSide.Secretariat), People.Secretariat);
        walk.MustRefuse("share.too-early", Shares.Reveal(ShareSide.Secretariat), People.Secretariat);
    }

    [Fact]
    public void One_person_gives_one_value_whatever_roles_he_has()
    {
        var walk = WalkStages.At("drawing");
        var both = People.Secretariat with { Roles = new HashSet<Role> { Role.Secretariat, Role.AuditAdministrator } };
        walk.Must(Shares.Commit(walk.Matter, ShareSide.Secretariat), both);
        walk.MustRefuse("share.same-person", Shares.Commit(walk.Matter, ShareSide.Audit), both);
        walk.MustRefuse("share.side-taken", Shares.Commit(walk.Matter, ShareSide.Secretariat), People.OtherSecretariat);
        walk.MustRefuse("role.missing", Shares.Commit(walk.Matter, ShareSide.Audit), People.Handler);
        walk.Must(Shares.Commit(walk.Matter, ShareSide.Audit), People.Auditor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("not hexadecimal, and of another length than a hash has, whatever!")]
    public void A_commitment_is_a_hash(string commitment) =>
        WalkStages.At("drawing").MustRefuse("share.commitment", new CommitShare(commitment), People.Secretariat, nameof(CommitShare.Commitment));

    [Fact]
    public void Only_the_value_committed_to_counts()
    {
        var walk = WalkStages.At("drawing").Committed();
        walk.MustRefuse("share.value-differs", new RevealShare(Shares.Auditors), People.Secretariat, nameof(RevealShare.Value));
        walk.MustRefuse("share.value-differs", new RevealShare("00"), People.Secretariat, nameof(RevealShare.Value));
        walk.MustRefuse("share.not-yours", Shares.Reveal(ShareSide.Secretariat), People.OtherSecretariat);
    }

    [Fact]
    public void Nobody_can_hand_in_the_others_commitment_as_an_own_one()
    {
        var walk = WalkStages.At("drawing");
        walk.Must(Shares.Commit(walk.Matter, ShareSide.Audit), People.Auditor);
        walk.Must(new CommitShare(walk.Panel.Beacon?.Shares[0].Commitment ?? ""), People.Secretariat);
        walk.Must(Shares.Reveal(ShareSide.Audit), People.Auditor);
        walk.MustRefuse("share.value-differs", Shares.Reveal(ShareSide.Audit), People.Secretariat, nameof(RevealShare.Value));
    }

    [Fact]
    public void Whose_turn_it_is_is_said_until_the_draw()
    {
        var walk = WalkStages.At("drawing");
        var turns = new List<Role?>();
        foreach (var (command, actor) in Shares.Acts(walk.Matter, People.Secretariat, People.Auditor))
        {
            turns.Add(walk.Panel.Awaited?.Role);
            walk.Must(command, actor);
        }

        Assert.Equal([Role.Secretariat, Role.AuditAdministrator, Role.AuditAdministrator, Role.Secretariat], turns);
        Assert.Null(walk.Panel.Awaited);
    }

    [Fact]
    public void A_lottery_takes_no_shares_and_shares_no_entry()
    {
        var walk = WalkStages.At("drawing");
        walk.MustRefuse("beacon.not-awaited", new EnterBeacon("03 09 11 12 22 30 16", "报纸"), People.Secretariat);
        walk = EnterBeaconTests.AwaitingLottery();
        walk.MustRefuse("share.not-awaited", Shares.Commit(walk.Matter, ShareSide.Secretariat), People.Secretariat);
        walk.MustRefuse("share.not-awaited", Shares.Reveal(ShareSide.Secretariat), People.Secretariat);
    }

    [Fact]
    public void The_frozen_input_names_the_beacon_and_says_nothing_of_its_value()
    {
        var walk = WalkStages.At("drawing");
        using var frozen = System.Text.Json.JsonDocument.Parse(walk.Evidence?.InputJson ?? "");
        var named = frozen.RootElement.GetProperty("beaconNamed");
        Assert.Equal(("twoPerson", NamedBeacon.TwoPersonSource, $"{walk.Panel.DrawId}"), (named.GetProperty("kind").GetString(), named.GetProperty("source").GetString(), named.GetProperty("round").GetString()));
        Assert.False(frozen.RootElement.TryGetProperty("beacon", out _));
    }

    [Fact]
    public void Neither_secret_nor_seed_is_known_before_the_beacon()
    {
        var walk = WalkStages.At("drawing").Committed();
        walk.Must(Shares.Reveal(ShareSide.Audit), People.Auditor);
        var secret = Assert.IsType<DrawInput>(DrawInputReader.ReadBeforeBeacon(walk.Evidence?.InputJson ?? "").Input).Secret;
        var kept = MatterCommands.Write(walk.Matter) + string.Concat(walk.Facts.Select(MatterCommands.Write));
        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        Assert.Contains(walk.Panel.SecretHash, kept, StringComparison.Ordinal);
        Assert.Null(walk.Panel.Seed);
        Assert.DoesNotContain(walk.Facts, f => f is PanelDrawn);
    }
}
