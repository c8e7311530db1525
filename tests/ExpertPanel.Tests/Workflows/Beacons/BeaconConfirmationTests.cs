using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

public sealed class BeaconConfirmationTests
{
    private static readonly DateTimeOffset Prepared = new(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly NamedBeacon Lottery = new("中国福利彩票 双色球", "2014112", Prepared.AddHours(12));
    private static readonly Person Clerk = new("a1", "秘书处甲");
    private static readonly Person Auditor = new("a2", "审计乙");

    [Fact]
    public void Two_persons_who_read_the_same_give_the_beacon() =>
        Assert.Equal(new(new Beacon("中国福利彩票 双色球", "2014112", "03091112223016"), Refusal: null), Confirm(Entry("03 09 11 12 22 30 16"), Entry("０３０９１１１２２２３０１６", Auditor)));

    [Fact]
    public void A_round_of_drand_is_confirmed_like_any_other_value()
    {
        var chain = PublishedRounds.Chain("quicknet");
        var named = PublishedRounds.Named(chain, PublishedRounds.Quicknet);
        var round = Assert.IsType<DrandRound>(DrandRound.Read(PublishedRounds.Quicknet, chain, named).Round);
        var at = named.KnownFrom.AddMinutes(1);
        var confirmed = BeaconConfirmation.Confirm(
            named, new(round.Randomness, "https://api.drand.sh", Clerk, at), new(round.Randomness, "https://drand.cloudflare.com", Auditor, at));
        Assert.Null(confirmed.Refusal);
        Assert.Equal(new Beacon(chain.Source, "657413", "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"), confirmed.Beacon);
    }

    [Fact]
    public void One_person_is_not_two() => Refused("beacon.same-person", Entry("0309"), Entry("0309", Clerk with { Name = "秘书处甲（代）" }));

    [Fact]
    public void Two_readings_that_differ_give_nothing() => Refused("beacon.differs", Entry("0309"), Entry("0308", Auditor));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("030")]
    [InlineData("03-09")]
    [InlineData("双色球")]
    [InlineData("0x0309")]
    [InlineData("\ud8350")]
    public void What_is_not_hexadecimal_is_refused_at_its_field(string value)
    {
        Refused("beacon.value", Entry(value), Entry("0309", Auditor));
        Refused("beacon.value", Entry("0309"), Entry(value, Auditor));
        Assert.Equal("Value", BeaconConfirmation.Check(Lottery, Entry(value))?.Field);
    }

    [Fact]
    public void A_value_has_an_upper_bound()
    {
        Assert.NotNull(BeaconConfirmation.Digits(new string('a', BeaconConfirmation.MostDigits)));
        Assert.Null(BeaconConfirmation.Digits(new string('a', BeaconConfirmation.MostDigits + 2)));
        Assert.Null(BeaconConfirmation.Digits("ab" + new string(' ', 10_000_000)));
    }

    [Fact]
    public void Upper_case_and_blanks_make_no_difference() => Assert.Equal("c0ffee", BeaconConfirmation.Digits(" C0 FF\u3000EE\n"));

    [Fact]
    public void Nobody_enters_a_value_before_it_is_known()
    {
        Refused("beacon.too-early", Entry("0309") with { At = Lottery.KnownFrom.AddTicks(-1) }, Entry("0309", Auditor));
        Refused("beacon.too-early", Entry("0309"), Entry("0309", Auditor) with { At = Prepared });
        Assert.Null(BeaconConfirmation.Check(Lottery, Entry("0309") with { At = Lottery.KnownFrom }));
        Assert.Contains("2014-09-26 21:00", BeaconConfirmation.Check(Lottery, Entry("0309") with { At = Prepared })?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("　")]
    public void An_entry_says_where_it_was_read(string from) => Refused("beacon.read-from", Entry("0309"), Entry("0309", Auditor) with { ReadFrom = from });

    [Theory]
    [InlineData("公证处", "2014112", 12, null)]
    [InlineData("公证处", "2014112", 0, "beacon.already-known")]
    [InlineData("公证处", "2014112", -1, "beacon.already-known")]
    [InlineData(" ", "2014112", 12, "beacon.not-named")]
    [InlineData("公证处", "", 12, "beacon.not-named")]
    public void A_draw_waits_only_for_what_nobody_knows_yet(string source, string round, int hours, string? code) =>
        Assert.Equal(code, new NamedBeacon(source, round, Prepared.AddHours(hours)).CheckAt(Prepared)?.Code);

    private static EnteredValue Entry(string value, Person? by = null) => new(value, "兰州日报 2014-09-27 第4版", by ?? Clerk, Lottery.KnownFrom.AddHours(1));

    private static ConfirmedBeacon Confirm(EnteredValue first, EnteredValue second) => BeaconConfirmation.Confirm(Lottery, first, second);

    private static void Refused(string code, EnteredValue first, EnteredValue second)
    {
        var confirmed = Confirm(first, second);
        Assert.Null(confirmed.Beacon);
        Assert.Equal(code, confirmed.Refusal?.Code);
    }
}
