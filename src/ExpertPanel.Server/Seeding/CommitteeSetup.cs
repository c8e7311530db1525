using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Routes;
using ExpertPanel.Workflows.Rules;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Seeding;

/// <summary>Brings up a committee: its row, the default route and rules with the office's own names, and its bank.</summary>
public static class CommitteeSetup
{
    /// <summary>Stands in place of an approver while the rules are the defaults.</summary>
    public const string NotApproved = "缺省值";

    /// <summary>Adds the places as committees that do not run yet; a place that is there stays as it is.</summary>
    public static async Task AddPlacesAsync(PanelDb db, SeedFiles seeds, CancellationToken ct)
    {
        var known = await db.Committees.Select(c => c.Code).ToListAsync(ct);
        var order = 0;
        foreach (var place in seeds.Places())
        {
            order++;
            if (known.Contains(place.Code)) continue;
            db.Committees.Add(new()
            {
                Id = Guid.CreateVersion7(),
                Code = place.Code,
                Place = place.Name,
                OfficeName = $"{place.Name}人民政府法制办公室",
                ParentCode = place.Parent,
                Level = place.Level,
                Order = order,
            });
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Gives a committee its first route and rules. The context must be the committee's own.</summary>
    /// <exception cref="InvalidOperationException">A seed file is faulty.</exception>
    public static async Task AdoptDefaultsAsync(PanelDb db, CommitteeRow committee, SeedFiles seeds, DateTimeOffset now, CancellationToken ct)
    {
        if (!await db.Routes.AnyAsync(ct))
        {
            var (route, problems) = RouteReader.Read(seeds.Route);
            if (route is null) throw new InvalidOperationException($"The seed route is faulty: {problems[0]}");
            db.Routes.Add(new() { RouteId = route.Id, Version = route.Version, Json = seeds.Route, At = now });
        }

        if (!await db.Rules.AnyAsync(ct))
        {
            db.Rules.Add(new() { Version = 1, Json = ToJson(DefaultRules(seeds, committee)), ApprovedBy = NotApproved, At = now });
        }

        if (!await db.Organisations.AnyAsync(ct))
        {
            var (entries, problem) = OrganisationTable.Read(seeds.Organisations);
            if (entries is null) throw new InvalidOperationException($"The seed table of organisations is faulty: {problem}");
            db.Organisations.Add(new() { Version = 1, Json = OrganisationTable.Write(entries), ChangedBy = NotApproved, At = now });
        }

        var row = await db.Committees.SingleAsync(c => c.Id == committee.Id, ct);
        row.Live = true;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The defaults with the office's own names.</summary>
    /// <exception cref="InvalidOperationException">The seed file is faulty.</exception>
    public static CommitteeRules DefaultRules(SeedFiles seeds, CommitteeRow committee)
    {
        var (rules, problems) = CommitteeRules.Read(seeds.Rules);
        return Named(rules ?? throw new InvalidOperationException($"The seed rules are faulty: {problems[0]}"), committee);
    }

    public static string ToJson(CommitteeRules rules) =>
        JsonSerializer.Serialize(new { schema = CommitteeRules.Schema, rules.Version, rules.Settings }, MatterCommands.Json);

    private static CommitteeRules Named(CommitteeRules rules, CommitteeRow committee) => rules with
    {
        Settings =
        [
            .. rules.Settings.Select(s => s.Key switch
            {
                "office.code" => s with { Value = committee.Code },
                "office.name" => s with { Value = committee.OfficeName },
                "issuer.code" when committee.Level != "province" => s with { Value = $"{committee.Place[..1]}政法函" },
                _ => s,
            }),
        ],
    };
}
