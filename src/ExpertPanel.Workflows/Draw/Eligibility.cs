using System.Globalization;

namespace ExpertPanel.Workflows.Draw;

/// <summary>Who may be drawn for this matter, and for everyone else every reason why not, in the order the law office reads them.</summary>
public sealed class Eligibility
{
    /// <summary>Every code there is, in the order in which reasons are listed.</summary>
    internal static readonly List<string> Codes =
        ["not-in-term", "on-leave", "at-capacity", "conflict.employer", "conflict.former-employer", "conflict.declared", "conflict.relative", "no-seat"];

    private readonly DrawInput _input;
    private readonly SeatFit _fit;
    private readonly DateOnly _today;
    private readonly List<Interest> _sponsorPartiesAndCounsel;
    private readonly List<Interest> _everyone;
    private readonly List<Interest> _peopleAndParties;

    public Eligibility(DrawInput input)
    {
        _input = input;
        _fit = new SeatFit(input.Seats);
        _today = DateOnly.FromDateTime(input.Now.DateTime); // the date where the office is: the offset stands in the input

        var matter = input.Matter;
        Interest[] sponsor = [new Interest("matter.sponsor", matter.Sponsor)];
        var parties = Interest.List("parties", matter.Parties);
        var people = Interest.List("people", matter.People);
        _sponsorPartiesAndCounsel = [.. sponsor, .. parties, .. Interest.List("counsel", matter.Counsel)];
        _everyone = [.. _sponsorPartiesAndCounsel, .. people];
        _peopleAndParties = [.. people, .. parties];
    }

    /// <summary>The eligible with the seats they fit and the excluded with their reasons, both in the pool's order.</summary>
    internal static (List<EligibleExpert> Eligible, List<ExcludedExpert> Excluded) Sift(DrawInput input)
    {
        var eligibility = new Eligibility(input);
        var eligible = new List<EligibleExpert>(input.Pool.Count);
        var excluded = new List<ExcludedExpert>();
        foreach (var expert in input.Pool)
        {
            var reasons = eligibility.ReasonsAgainst(expert);
            if (reasons.Count == 0)
                eligible.Add(new EligibleExpert(expert, eligibility._fit.Of(expert)));
            else
                excluded.Add(new ExcludedExpert(expert.Id, reasons));
        }

        return (eligible, excluded);
    }

    /// <summary>No reason at all means eligible. A code stands once; its evidence lists everything that led to it.</summary>
    public IReadOnlyList<ExclusionReason> ReasonsAgainst(Candidate expert)
    {
        List<ExclusionReason>? reasons = null;
        void Against(string code, string evidence) => (reasons ??= []).Add(new ExclusionReason(code, evidence));
        void Close(string code, IReadOnlyList<string> names, List<Interest> interests)
        {
            if (Matches(names, interests) is { } evidence)
                Against(code, evidence);
        }

        if (_today < expert.TermFrom || _today > expert.TermTo)
            Against("not-in-term", string.Create(CultureInfo.InvariantCulture, $"{_today:yyyy-MM-dd} outside {expert.TermFrom:yyyy-MM-dd}..{expert.TermTo:yyyy-MM-dd}"));
        if (expert.OnLeave)
            Against("on-leave", "onLeave is true");
        if (expert.OpenReviews >= _input.Rules.MaxOpenReviews)
            Against("at-capacity", string.Create(CultureInfo.InvariantCulture, $"openReviews {expert.OpenReviews} >= maxOpenReviews {_input.Rules.MaxOpenReviews}"));
        Close("conflict.employer", [expert.Employer], _sponsorPartiesAndCounsel);
        Close("conflict.former-employer", expert.FormerEmployers, _sponsorPartiesAndCounsel);
        Close("conflict.declared", expert.Conflicts, _everyone);
        Close("conflict.relative", expert.Relatives, _peopleAndParties);
        if (_fit.Of(expert) == 0)
            Against("no-seat", $"specialties [{string.Join(", ", expert.Specialties)}], {(expert.CommitteeMember ? "committee member" : "no committee member")}");
        return reasons ?? [];
    }

    private static string? Matches(IReadOnlyList<string> names, List<Interest> interests)
    {
        List<string>? matches = null;
        foreach (var name in names)
        {
            var key = NameComparison.Key(name);
            foreach (var interest in interests)
            {
                if (string.Equals(key, interest.Key, StringComparison.Ordinal))
                    (matches ??= []).Add($"{name} = {interest.Place} {interest.Name}");
            }
        }

        return matches is null ? null : string.Join("; ", matches);
    }

    /// <summary>A name the reviewer may not be close to, and where in the input it stands.</summary>
    private sealed record Interest(string Place, string Name)
    {
        public string Key { get; } = NameComparison.Key(Name);

        public static IEnumerable<Interest> List(string field, IReadOnlyList<string> names) =>
            names.Select((name, index) => new Interest(string.Create(CultureInfo.InvariantCulture, $"matter.{field}[{index}]"), name));
    }
}

/// <summary>An expert who may be drawn; <paramref name="Seats"/> has the bit of each seat he fits.</summary>
internal sealed record EligibleExpert(Candidate Expert, ulong Seats);
