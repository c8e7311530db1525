using System.Globalization;
using ExpertPanel.Server.Pages.Forms;
using ExpertPanel.Server.Resources;
using ExpertPanel.Workflows.Beacons;
using ExpertPanel.Workflows.Draw;
using ExpertPanel.Workflows.Draw.Explanation;
using ExpertPanel.Workflows.Draw.Odds;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>An explanation in sentences.</summary>
public sealed class ExplanationWords(Words words, SpecialtyList specialties)
{
    /// <summary>95 of 100 figures lie within so many standard errors.</summary>
    private const double Confidence = 1.96;

    /// <summary>What the evidence of these reasons names are other people.</summary>
    private static readonly HashSet<string> NamingOthers = ["conflict.declared", "conflict.relative"];

    public string Status(string status) => words["Explained.Status." + status];

    /// <summary>A code that came later stands for itself.</summary>
    public string Reason(string code) => words.Find("Explained.Reason." + code) ?? code;

    public string Seat(Seat seat) =>
        $"{seat.Id} {(seat.Specialties.Count == 0 ? words["Panel.AnySpecialty"] : specialties.Labels(seat.Specialties))}{(seat.CommitteeMember ? words["Panel.Member"] : "")}";

    /// <summary>Which value nobody could choose, in words that hold for its kind. A draw of before beacons were kept with the matter says less.</summary>
    public string Beacon(Beacon used, DrawBeacon? beacon) => beacon switch
    {
        { Named.Kind: BeaconKind.TwoPerson } when beacon.ShareOf(ShareSide.Secretariat) is { } one && beacon.ShareOf(ShareSide.Audit) is { } other =>
            words["Summary.Beacon.TwoPerson", one.By.Name, Words.Moment(one.CommittedAt), other.By.Name, Words.Moment(other.CommittedAt)],
        { Named: { Kind: not BeaconKind.TwoPerson, KnownFrom: { } from } named } => words["Summary.Beacon." + named.Kind, named.Source, named.Round, Words.Moment(from)],
        _ => words["Summary.Beacon", used.Source],
    };

    /// <summary>Why he is in or out, in one sentence or a few.</summary>
    /// <param name="one">Whose explanation.</param>
    /// <param name="forHimself">Then nobody else is named.</param>
    /// <param name="named">Says others by name, where a reader knows no numbers.</param>
    public IEnumerable<string> Why(ExpertExplanation one, bool forHimself = false, Func<string, string?>? named = null)
    {
        switch (one.Status)
        {
            case ExpertStatus.Seated:
                yield return words["Explained.Why.seated", one.Position!, one.Seat!];
                break;
            case ExpertStatus.PassedOver:
                yield return words["Explained.Why.passed-over." + one.Why, one.Position!]
                    + (one.Before.Count == 0 || forHimself ? "" : words["Explained.Why.before", string.Join(words["List.Separator"], one.Before.Select(id => named?.Invoke(id) ?? id))]);
                break;
            case ExpertStatus.Later or ExpertStatus.NoPanel:
                yield return words["Explained.Why." + one.Status, one.Position!];
                break;
        }

        foreach (var reason in one.Reasons)
            yield return forHimself && NamingOthers.Contains(reason.Code) ? Reason(reason.Code) : words["Explained.Why.excluded", Reason(reason.Code), reason.Evidence];
    }

    /// <summary>What would have had to differ. For the expert himself nobody else is named.</summary>
    public IEnumerable<string> Otherwise(ExpertExplanation one, bool forHimself = false)
    {
        foreach (var claim in one.Otherwise.Where(claim => claim.Kind != Counterfactual.Without))
        {
            var number = claim.Number is null ? "" : forHimself ? Scale(claim.Number) : claim.Number;
            yield return words["Explained.Otherwise." + claim.Kind, number, claim.Position ?? 0];
        }

        var others = one.Otherwise.Where(claim => claim.Kind == Counterfactual.Without).Select(claim => claim.Expert!).ToList();
        if (others.Count > 0)
            yield return forHimself ? words["Explained.Otherwise.someone"] : words[others.Count == 1 ? "Explained.Otherwise.without-one" : "Explained.Otherwise.without", string.Join(words["List.Separator"], others)];
        foreach (var place in one.Substitute)
            yield return words["Explained.Otherwise.substitute", place.Seat, place.Place];
    }

    /// <summary>12.34%, or with what 95 of 100 such figures lie within: 12.34% ± 0.20.</summary>
    public static string Chance(ExpertOdds odds) => odds.IsExact ? Percent(odds.Probability) : $"{Percent(odds.Probability)} ± {Digits(odds.StandardError * Confidence * 100)}";

    /// <summary>The number as a part of the whole range, which people compare more easily than hexadecimal digits.</summary>
    public static string Scale(string number) =>
        (ulong.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 18446744073709551616.0).ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Percent(double probability) => Digits(probability * 100) + "%";

    /// <summary>Two decimals, or as many as the first two digits need.</summary>
    private static string Digits(double value) => value is 0 or >= 0.01
        ? value.ToString("0.00", CultureInfo.InvariantCulture)
        : value.ToString("F" + (1 - (int)Math.Floor(Math.Log10(value))).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
