using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Pages.Settings;

/// <summary>One entry of the table as the form asks it.</summary>
public sealed record OrganisationChange(
    [Field("现用名称", "Present name", Most = 200)] string Name,
    [Field("曾用名和简称", "Former and short names", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个。与现用名称视为同一单位", HintEn = "One a line; all count as the same body")] IReadOnlyList<string>? OtherNames,
    [Field("关联单位", "Affiliated bodies", Kind = FieldKind.Lines, Optional = true, Most = 200, HintZh = "每行一个：控股、同一集团等。视为同一利害关系", HintEn = "One a line; they count as the same interest")] IReadOnlyList<string>? Affiliated,
    [Field("负责人", "Leaders", Kind = FieldKind.Lines, Optional = true, Most = 60, HintZh = "每行一人，用于“送审单位负责人”回避规则", HintEn = "One a line, for the rule on the sponsor's people")] IReadOnlyList<string>? Leaders,
    [Field("依据", "Source", Most = 300, HintZh = "机构改革方案、工商登记、专家申报等", HintEn = "A reform document, the company register, a declaration")] string Source,
    [Field("删除本条", "Remove this entry", Optional = true)] bool Remove);

/// <summary>单位名称对照表: the newest version, and a new one in its place; the committee's history says what was changed.</summary>
public sealed class OrganisationEditor(PanelDb db, RecordedChange change, TimeProvider clock)
{
    public async Task<(int Version, IReadOnlyList<OrganisationEntry> Entries)> NewestAsync(CancellationToken cancellationToken)
    {
        var row = await db.Organisations.AsNoTracking().OrderByDescending(o => o.Version).FirstOrDefaultAsync(cancellationToken);
        return row is null ? (0, []) : (row.Version, OrganisationTable.Read(row.Json).Entries ?? []);
    }

    /// <summary>Puts the entry in place of the one called <paramref name="before"/>, or adds it; refused as a lost race when somebody else wrote the next version first.</summary>
    /// <returns>What is wrong; empty when done.</returns>
    public async Task<IReadOnlyList<FieldProblem>> SaveAsync(Actor actor, int version, string? before, OrganisationChange asked, CancellationToken cancellationToken)
    {
        var (newest, entries) = await NewestAsync(cancellationToken);
        if (newest != version) return [Outdated];
        var entry = new OrganisationEntry(asked.Name.Trim(), asked.OtherNames ?? [], asked.Affiliated ?? [], asked.Leaders ?? [], asked.Source.Trim());
        var old = entries.FirstOrDefault(e => e.Name == before);
        var others = entries.Where(e => e.Name != before).ToList();
        if (!asked.Remove && others.Exists(e => e.Name == entry.Name))
            return [new(nameof(asked.Name), "已有这个单位的条目，请修改原条目。", "There is an entry of this name; change that one.")];
        List<OrganisationEntry> after = asked.Remove ? others : [.. others, entry];
        var row = new OrganisationsRow { Version = newest + 1, Json = OrganisationTable.Write(after), ChangedBy = actor.Name, At = clock.GetUtcNow() };
        var facts = new { version = newest + 1, before = old, after = asked.Remove ? null : entry };
        var result = await change.RunAsync(actor, "changeOrganisations", facts, context => context.Organisations.Add(row), cancellationToken);
        return result.Succeeded ? [] : [Outdated];
    }

    private static FieldProblem Outdated { get; } =
        new("", "您打开后已有人修改了对照表，请重新打开核对后再改。", "Somebody changed the table after you opened it; open it again.");
}
