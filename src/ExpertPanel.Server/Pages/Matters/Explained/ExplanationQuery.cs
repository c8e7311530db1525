using System.Globalization;
using ExpertPanel.Workflows.Draw.Explanation;

namespace ExpertPanel.Server.Pages.Matters.Explained;

/// <summary>Which experts of a draw are shown and in which order. It stands whole in the address.</summary>
public sealed class ExplanationQuery
{
    public const int MostSearched = 100;

    public static IReadOnlyList<int> Sizes { get; } = [50, 100, 500];

    /// <summary>A minus sorts backwards.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["position", "-chance", "chance", "expert", "name", "employer", "-tickets"];

    public static IReadOnlyList<string> Statuses { get; } =
        [ExpertStatus.Seated, ExpertStatus.PassedOver, ExpertStatus.Later, ExpertStatus.NoPanel, ExpertStatus.Excluded];

    /// <summary>Part of an id, a name or an employer.</summary>
    public string? Q { get; set; }

    public string? Status { get; set; }

    /// <summary>The code of an exclusion.</summary>
    public string? Reason { get; set; }

    /// <summary>A seat that the expert fits.</summary>
    public string? Seat { get; set; }

    public string? Sort { get; set; }

    public int Size { get; set; } = Sizes[0];

    public IEnumerable<ExplainedExpert> Of(IEnumerable<ExplainedExpert> experts) => Order(experts.Where(Fits));

    private bool Fits(ExplainedExpert one) =>
        (string.IsNullOrWhiteSpace(Q) || Contains(one.Who.Id) || Contains(one.Who.Name) || Contains(one.Who.Employer))
        && (string.IsNullOrEmpty(Status) || one.Why.Status == Status)
        && (string.IsNullOrEmpty(Reason) || one.Why.Reasons.Any(reason => reason.Code == Reason))
        && (string.IsNullOrEmpty(Seat) || one.Why.Fits.Contains(Seat, StringComparer.Ordinal));

    private bool Contains(string text) => text.Contains(Q!.Trim(), StringComparison.OrdinalIgnoreCase); // asked only when there is one

    /// <summary>All sorts but the first leave equals in the order of the draw, the excluded at the end.</summary>
    private IEnumerable<ExplainedExpert> Order(IEnumerable<ExplainedExpert> experts)
    {
        var byPosition = experts.OrderBy(one => one.Why.Position ?? int.MaxValue).ThenBy(one => one.Who.Id, StringComparer.Ordinal);
        var names = StringComparer.Create(CultureInfo.GetCultureInfo("zh-CN"), ignoreCase: true);
        return Sort switch
        {
            "-chance" => byPosition.OrderByDescending(one => one.Odds?.Probability ?? -1),
            "chance" => byPosition.OrderBy(one => one.Odds?.Probability ?? 2),
            "-tickets" => byPosition.OrderByDescending(one => one.Why.Tickets ?? -1),
            "expert" => byPosition.OrderBy(one => one.Who.Id, StringComparer.Ordinal),
            "name" => byPosition.OrderBy(one => one.Who.Name, names),
            "employer" => byPosition.OrderBy(one => one.Who.Employer, names),
            _ => byPosition,
        };
    }
}
