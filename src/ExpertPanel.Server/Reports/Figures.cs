using ExpertPanel.Server.Data;
using ExpertPanel.Workflows.Deadlines;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Reviews;

namespace ExpertPanel.Server.Reports;

/// <summary>One number, what it means and how to list what it counts.</summary>
public sealed record Figure(string Id, string Label, decimal Value, string Unit, string Definition, string Rows);

/// <summary>A calendar year in Beijing.</summary>
public sealed record ReportYear(int Year)
{
    public DateTimeOffset From { get; } = ChinaTime.At(new(Year, 1, 1), 0);

    public DateTimeOffset To { get; } = ChinaTime.At(new(Year + 1, 1, 1), 0);

    public DateOnly LastDay { get; } = new(Year, 12, 31);
}

/// <summary>A figure that counts matters. The report counts the rows that the list of the same name shows.</summary>
public sealed record MatterFigure(string Id, string Label, string Definition, Func<PanelDb, ReportYear, IQueryable<MatterRow>> Rows)
{
    /// <summary>涉法事务 of the province, as the yearly report names it; of another committee under its own name.</summary>
    public const string Handled = "matter.province.handled";
    private const string HandledHere = "matter.handled";

    // Before what is made from them: static fields come to life in the order they stand.
    private static readonly Dictionary<EndingKind, string> Names = new()
    {
        [EndingKind.Declined] = "不予受理",
        [EndingKind.Returned] = "退回",
        [EndingKind.Transferred] = "转办",
        [EndingKind.Withdrawn] = "撤回",
        [EndingKind.Terminated] = "终止",
    };

    private static readonly Dictionary<MatterType, string> TypeNames = new()
    {
        [MatterType.MajorDecision] = "重大决策",
        [MatterType.MajorAdministrativeAct] = "重大具体行政行为",
        [MatterType.MajorInvestmentProject] = "重大投资项目",
        [MatterType.LegalInstrument] = "法律文书",
        [MatterType.ComplexLegalCase] = "重大复杂涉法案件",
        [MatterType.NormativeDocument] = "规范性文件",
        [MatterType.LegislativeConsultation] = "立法征求意见",
        [MatterType.Other] = "其他",
    };

    private static readonly string Correcting = Workflows.MatterCommands.NameOf(typeof(RegisterCorrection));

    public static IReadOnlyList<MatterFigure> Of(string level) => level == "province" ? OfProvince : OfOthers;

    /// <summary>涉法事务 of the year: accepted in it, corrections not counted.</summary>
    public static IQueryable<MatterRow> Accepted(PanelDb db, ReportYear year) => AcceptedIn(db, year);

    public static MatterFigure? Find(string id) => OfProvince.Concat(OfOthers).FirstOrDefault(f => f.Id == id);

    private static IReadOnlyList<MatterFigure> OfProvince { get; } = All(Handled);

    private static IReadOnlyList<MatterFigure> OfOthers { get; } = All(HandledHere);

    private static IReadOnlyList<MatterFigure> All(string handled) =>
    [
        new(handled, "涉法事务", "当年受理的涉法事务：受理日（北京时间）在当年；更正、撤销原意见书的不另计；撤回后重报又受理的，各计一件", AcceptedIn),
        new("matter.registered", "登记", "当年登记的事项，含不予受理、退回、转办和撤回的；更正、撤销原意见书的不计",
            (db, y) => Original(db).Where(m => m.RegisteredAt >= y.From && m.RegisteredAt < y.To)),
        new("matter.closed", "办结", "当年办结（出具意见并收到采纳反馈）的事项", (db, y) => db.Matters.Where(m => m.Ending == null && m.ClosedAt >= y.From && m.ClosedAt < y.To)),
        new("matter.withExperts", "经专家咨询", "当年受理、已邀请专家的涉法事务", (db, y) => AcceptedIn(db, y).Where(m => m.ExpertsAsked > 0)),
        new("matter.withMeeting", "召开论证会", "当年受理、已形成论证会纪要的涉法事务", (db, y) => AcceptedIn(db, y).Where(m => m.HadMeeting)),
        new("document.issued", "合法性审查意见书", "当年编号发出的意见书，含更正、撤销文书；作废的文号不计",
            (db, y) => db.Matters.Where(m => m.DocumentNumber != null && m.IssuedOn >= new DateOnly(y.Year, 1, 1) && m.IssuedOn <= y.LastDay)),
        .. Enum.GetValues<EndingKind>().Select(Ended),
        .. Enum.GetValues<MatterType>().Select(type => OfType(type, handled)),
    ];

    private static MatterFigure Ended(EndingKind kind)
    {
        var (name, key) = (Names[kind], kind.ToString());
        return new($"matter.{Camel(key)}", name, $"当年以“{name}”结束的事项", (db, y) => db.Matters.Where(m => m.Ending == key && m.ClosedAt >= y.From && m.ClosedAt < y.To));
    }

    private static MatterFigure OfType(MatterType type, string handled)
    {
        var key = type.ToString();
        return new($"matter.type.{Camel(key)}", $"涉法事务：{TypeNames[type]}", $"{handled} 中事项类型为“{TypeNames[type]}”的", (db, y) => AcceptedIn(db, y).Where(m => m.Type == key));
    }

    private static IQueryable<MatterRow> AcceptedIn(PanelDb db, ReportYear year) => Original(db).Where(m => m.AcceptedAt >= year.From && m.AcceptedAt < year.To);

    /// <summary>Not opened as the correction or revocation of an earlier opinion.</summary>
    private static IQueryable<MatterRow> Original(PanelDb db) => db.Matters.Where(m => !db.History.Any(h => h.StreamId == m.Id && h.Sequence == 1 && h.Command == Correcting));

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
