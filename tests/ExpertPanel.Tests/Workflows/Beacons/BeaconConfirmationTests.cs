using ExpertPanel.Workflows.Beacons;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Beacons;

public sealed class BeaconConfirmationTests
{
    private static readonly DateTimeOffset Prepared = new(2014, 9, 26, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly NamedBeacon Lottery = new(BeaconKind.Lottery, "中国福利彩票 双色球", "2014112", Prepared.AddHours(12));

    [Theory]
    [InlineData("03 09 11 12 22 30 16", "03091112223016")]
    [InlineData("03 09 11 12 22 30 + 16", "03091112223016")]
    [InlineData("０３０９１１１２２２３０＋１６", "03091112223016")]
    [InlineData("1 2 3 4 5 6 7 8 9 0 1", "012345678901")]
    public void The_figures_of_a_lottery_are_the_value_as_published(string entered, string value) => Assert.Equal(new(value, Refusal: null), Read(entered));

    [Fact]
    public void A_round_of_drand_is_checked_and_its_randomness_is_the_value()
    {
        var chain = PublishedRounds.Chain("quicknet");
        var named = PublishedRounds.Named(chain, PublishedRounds.Quicknet);
        const string randomness = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587";
        Assert.Equal(randomness, ReadDrand(PublishedRounds.Quicknet).Value);
        Assert.Equal(randomness, ReadDrand($" {randomness.ToUpperInvariant()}").Value);
        Refused("beacon.drand-round", ReadDrand(PublishedRounds.Changed(PublishedRounds.Quicknet, "round", 657414).ToJsonString()), nameof(EnterBeacon.Value));
        Refused("beacon.drand-value", ReadDrand(randomness[..^2]), nameof(EnterBeacon.Value));
        Refused("beacon.drand-value", BeaconConfirmation.Read(named, PublishedRounds.Quicknet, "api.drand.sh", chain: null, Later(named)), nameof(EnterBeacon.Value));

        BeaconReading ReadDrand(string entered) => BeaconConfirmation.Read(named, entered, "https://api.drand.sh", chain, Later(named));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("03 09 11")]
    [InlineData("03-09-11-12-22-30-16")]
    [InlineData("双色球")]
    [InlineData("0x03091112223016")]
    [InlineData("\ud8350309111222")]
    public void What_has_too_few_figures_or_others_is_refused_at_its_field(string value) => Refused("beacon.value", Read(value), nameof(EnterBeacon.Value));

    [Fact]
    public void A_value_has_an_upper_bound()
    {
        Assert.NotNull(BeaconConfirmation.Digits(new string('a', BeaconConfirmation.MostDigits)));
        Assert.Null(BeaconConfirmation.Digits(new string('a', BeaconConfirmation.MostDigits + 2)));
        Assert.Null(BeaconConfirmation.Digits("ab" + new string(' ', 10_000_000)));
        Refused("beacon.value", Read("0309111222" + new string('+', 10_000_000)), nameof(EnterBeacon.Value));
    }

    [Fact]
    public void Upper_case_and_blanks_make_no_difference() => Assert.Equal("c0ffee", BeaconConfirmation.Digits(" C0 FF\u3000EE\n"));

    [Fact]
    public void Nobody_enters_a_value_before_it_is_known()
    {
        var early = Read("03 09 11 12 22 30 16", at: Lottery.KnownFrom?.AddTicks(-1));
        Refused("beacon.too-early", early, field: null);
        Assert.Contains("2014-09-26 21:00", early.Refusal?.Message, StringComparison.Ordinal);
        Assert.NotNull(Read("03 09 11 12 22 30 16", at: Lottery.KnownFrom).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("　")]
    public void An_entry_says_where_it_was_read(string from) =>
        Refused("beacon.read-from", BeaconConfirmation.Read(Lottery, "03 09 11 12 22 30 16", from, chain: null, Later(Lottery)), nameof(EnterBeacon.ReadFrom));

    [Theory]
    [InlineData("公证处", "2014112", 12, null)]
    [InlineData("公证处", "2014112", 0, "beacon.already-known")]
    [InlineData("公证处", "2014112", -1, "beacon.already-known")]
    [InlineData(" ", "2014112", 12, "beacon.not-named")]
    [InlineData("公证处", "", 12, "beacon.not-named")]
    [InlineData("公证处", "2014112", null, "beacon.not-named")]
    public void A_draw_waits_only_for_what_nobody_knows_yet(string source, string round, int? hours, string? code) =>
        Assert.Equal(code, new NamedBeacon(BeaconKind.Lottery, source, round, hours is { } h ? Prepared.AddHours(h) : null).CheckAt(Prepared)?.Code);

    [Fact]
    public void Two_persons_values_are_named_by_the_draw_itself() => Assert.Null(NamedBeacon.OfTwoPersons(Guid.CreateVersion7()).CheckAt(Prepared));

    private static BeaconReading Read(string entered, DateTimeOffset? at = null) =>
        BeaconConfirmation.Read(Lottery, entered, "兰州日报 2014-09-27 第4版", chain: null, at ?? Later(Lottery));

    private static DateTimeOffset Later(NamedBeacon named) => named.KnownFrom?.AddHours(1) ?? default;

    private static void Refused(string code, BeaconReading reading, string? field)
    {
        Assert.Null(reading.Value);
        Assert.Equal((code, field), (reading.Refusal?.Code, reading.Refusal?.Field));
    }
}
