using System.Globalization;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Resources;

namespace ExpertPanel.Server.Pages.HoldingPen;

/// <summary>What the pages of held mail say of ages and evidence.</summary>
public static class PenTexts
{
    /// <summary>3 天 4 小时, 25 分钟: the two largest units that matter.</summary>
    public static string Age(Words words, TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => words["Age.Days", Whole(age.TotalDays), age.Hours],
        { TotalHours: >= 1 } => words["Age.Hours", Whole(age.TotalHours), age.Minutes],
        _ => words["Age.Minutes", Math.Max(0, age.Minutes)],
    };

    public static string Evidence(Words words, MatchProposal proposal) => string.Join(words["List.Separator"], proposal.Evidence.Select(e => words["Evidence." + e]));

    private static string Whole(double value) => Math.Floor(value).ToString("0", CultureInfo.InvariantCulture);
}
