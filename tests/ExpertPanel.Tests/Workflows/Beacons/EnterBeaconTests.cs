using ExpertPanel.Tests.Workflows.Matters;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Panels;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

public sealed class EnterBeaconTests
{
    private static readonly EnterBeacon Published = new("03 09 11 12 22 30 + 16", "兰州日报 2014-09-27 第4版");

    private static PrepareDraw Lottery(DateTimeOffset knownFrom) =>
        WalkStages.ThreeSeats with { Beacon = BeaconKind.Lottery, BeaconSource = " 中国福利彩票 双色球 ", BeaconRound = "2014112", BeaconKnownFrom = knownFrom };

    public static Walk AwaitingLottery()
    {
        var walk = WalkStages.At("underReview");
        walk.Must(Lottery(walk.Now.AddHours(12)), People.Handler);
        return walk;
    }

    [Fact]
    public void Two_persons_who_read_the_same_draw_the_panel()
    {
        var walk = AwaitingLottery();
        walk.MustRefuse("beacon.too-early", Published, People.Secretariat);
        walk.Now = walk.Now.AddHours(12);
        walk.Must(Published, People.Secretariat);
        Assert.Equal("drawing", walk.Matter.Stage);
        walk.MustIgnore(Published, People.Secretariat);

        walk.Must(new EnterBeacon("03091112223016", "中国福彩网"), People.Auditor);
        Assert.Equal(("expertConsulting", "03091112223016"), (walk.Matter.Stage, walk.Panel.Beacon?.Value));
        Assert.Equal(new("中国福利彩票 双色球", "2014112", "03091112223016"), ExpertPanel.Workflows.Draw.DrawTranscript.FromJson(walk.Evidence?.TranscriptJson ?? "").Input.Beacon);
        walk.MustIgnore(Published, People.OtherSecretariat);
    }

    [Fact]
    public void What_the_first_read_is_not_shown_to_the_second()
    {
        var walk = AwaitingLottery();
        walk.Now = walk.Now.AddHours(12);
        walk.Must(Published, People.Secretariat);
        Assert.DoesNotContain("03091112223016", MatterCommands.Write(walk.Matter) + string.Concat(walk.Facts.Select(MatterCommands.Write)), StringComparison.Ordinal);
    }

    [Fact]
    public void Readings_that_differ_wait_until_two_persons_agree()
    {
        var walk = AwaitingLottery();
        walk.Now = walk.Now.AddHours(12);
        walk.Must(Published, People.Secretariat);
        walk.Must(Published with { Value = "03 09 11 12 22 30 + 15" }, People.Auditor);
        Assert.True(walk.Panel.Beacon?.EntriesDiffer);
        walk.Must(Published, People.Auditor);
        Assert.Equal((2, false, "expertConsulting"), (walk.Panel.Beacon?.Entries.Count, walk.Panel.Beacon?.EntriesDiffer, walk.Matter.Stage));
        Assert.Equal(3, walk.Facts.OfType<BeaconEntered>().Count());
    }

    [Fact]
    public void A_slip_is_shown_at_its_field()
    {
        var walk = AwaitingLottery();
        walk.Now = walk.Now.AddHours(12);
        walk.MustRefuse("beacon.value", Published with { Value = "三" }, People.Secretariat, nameof(EnterBeacon.Value));
        walk.MustRefuse("beacon.read-from", Published with { ReadFrom = " " }, People.Secretariat, nameof(EnterBeacon.ReadFrom));
    }

    [Fact]
    public void A_round_that_is_known_or_not_named_is_refused_before_anything_is_frozen()
    {
        var walk = WalkStages.At("underReview");
        walk.MustRefuse("beacon.already-known", Lottery(walk.Now), People.Handler, nameof(PrepareDraw.BeaconRound));
        walk.MustRefuse("beacon.not-named", Lottery(walk.Now.AddHours(1)) with { BeaconSource = null }, People.Handler, nameof(PrepareDraw.BeaconRound));
    }

    [Fact]
    public void A_round_of_drand_is_named_by_the_clock()
    {
        var walk = WalkStages.At("underReview");
        walk.Now = new(2026, 11, 27, 1, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < walk.Pool.Count; i++) walk.Pool[i] = walk.Pool[i] with { Candidate = walk.Pool[i].Candidate with { TermTo = new(2027, 12, 31) } };
        walk.Must(WalkStages.ThreeSeats with { Beacon = BeaconKind.Drand }, People.Handler);
        var named = Assert.IsType<NamedBeacon>(walk.Panel.Beacon?.Named);
        Assert.Equal((BeaconKind.Drand, PublishedRounds.Chain("quicknet").Source), (named.Kind, named.Source));
        Assert.InRange(named.KnownFrom ?? default, walk.Now.AddSeconds(120), walk.Now.AddSeconds(123));
    }

    [Fact]
    public void Only_the_kinds_of_the_committees_rules_are_waited_for()
    {
        var walk = WalkStages.At("underReview");
        walk.Rules = walk.Rules with { Settings = [.. walk.Rules.Settings.Select(s => s.Key == "draw.beacons" ? s with { Value = "lottery" } : s)] };
        walk.MustRefuse("draw.beacon-kind", WalkStages.ThreeSeats with { Beacon = BeaconKind.TwoPerson }, People.Handler, nameof(PrepareDraw.Beacon));
        walk.Must(Lottery(walk.Now.AddHours(1)) with { Beacon = null }, People.Handler);
        Assert.Equal(BeaconKind.Lottery, walk.Panel.Beacon?.Named.Kind);
    }
}
