namespace ExpertPanel.Server.Reports;

/// <summary>The days a report of fairness is asked for, both included.</summary>
public sealed record FairnessPeriod(DateOnly From, DateOnly To)
{
    public const string SlipZh = "起始日不能晚于截止日，且均应在1949年至9998年之间。";
    public const string SlipEn = "The first day must not be after the last, both from 1949 to 9998.";

    /// <returns>Up to today and from the first of January of the last day's year, where nothing else is asked; null for days that make no period.</returns>
    public static FairnessPeriod? Of(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var first = from ?? new(last.Year, 1, 1);
        return first <= last && first.Year >= 1949 && last.Year <= 9998 ? new(first, last) : null;
    }
}
