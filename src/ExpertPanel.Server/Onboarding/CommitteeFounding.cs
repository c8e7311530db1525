using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Rules;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Onboarding;

/// <summary>
/// 组建下级委员会: its row, the rules, route and table of organisations of the committee above with its own names in them, and its three
/// administrators by invitation mail. Everything but the bare place is one transaction.
/// </summary>
public sealed class CommitteeFounding(PanelDb above, PanelDbFactory databases, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Stands in place of an approver until the new committee has looked at the rules it was given.</summary>
    public const string NotApproved = CommitteeSetup.NotApproved;

    public static IReadOnlyList<Role> MayFound { get; } = [Role.SystemAdministrator];

    /// <summary>What the tables of places know is filled in; what is asked wins.</summary>
    public async Task<FoundedCommittee> CompleteAsync(FoundedCommittee asked, CancellationToken ct)
    {
        asked = asked with { Code = asked.Code?.Trim(), ParentCode = Blank(asked.ParentCode) };
        var own = await above.Committees.Where(c => c.Id == above.TenantId).Select(c => c.Code).SingleAsync(ct);
        var known = await above.Committees.AsNoTracking().Where(c => c.Code == asked.Code).Select(c => new { c.Place, c.Level, c.ParentCode, c.OfficeName }).SingleOrDefaultAsync(ct)
            ?? SeedFiles.BesideProgram.Places().Where(p => p.Code == asked.Code).Select(p => new { Place = p.Name, p.Level, ParentCode = p.Parent, OfficeName = $"{p.Name}人民政府法制办公室" }).SingleOrDefault();
        var place = Blank(asked.Place) ?? known?.Place;
        return asked with
        {
            Place = place,
            OfficeName = Blank(asked.OfficeName) ?? known?.OfficeName,
            Level = Blank(asked.Level) ?? known?.Level,
            ParentCode = asked.ParentCode ?? known?.ParentCode ?? own,
            IssuerCode = Blank(asked.IssuerCode) ?? (place is { Length: > 0 } ? $"{place[..1]}政法函" : null),
            Contact = Blank(asked.Contact) ?? (place is null ? null : $"{place}法制机构（联系方式待填写）"),
        };
    }

    /// <returns>What is wrong; empty when the committee was founded.</returns>
    public async Task<IReadOnlyList<FieldProblem>> FoundAsync(FoundedCommittee asked, Actor actor, CancellationToken ct)
    {
        var problems = asked.Problems().ToList();
        if (problems.Count > 0) return problems;
        if (await NotBelowAsync(asked.ParentCode!, ct)) return [new(nameof(asked.ParentCode), "上级须是本委员会或者其下级。", "The parent must be this committee or one below it.")];
        var existing = await above.Committees.AsNoTracking().SingleOrDefaultAsync(c => c.Code == asked.Code, ct);
        if (existing is not null && existing.ParentCode != asked.ParentCode) return [new(nameof(asked.Code), "这个代码属于另一个上级。", "The code belongs to another parent.")];

        var id = existing?.Id ?? Guid.CreateVersion7();
        if (existing is null) await AddPlaceAsync(id, asked, ct);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.EnterTenant(id);
        var (db, users, invitations) = (scope.ServiceProvider.GetRequiredService<PanelDb>(), scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>(), scope.ServiceProvider.GetRequiredService<AccountInvitations>());
        if (await db.Rules.AnyAsync(ct)) return [new(nameof(asked.Code), "这个委员会已经开始组建。", "This committee has been begun already.")];

        var inherited = await InheritedAsync(asked.ParentCode!, ct);
        var facts = new { asked.Code, asked.Place, asked.OfficeName, asked.Level, asked.ParentCode, asked.IssuerCode, rulesOf = inherited.Code, administrators = asked.Administrators!.Select(a => new { a.Role, a.UserName, a.DisplayName }) };
        var result = await scope.ServiceProvider.GetRequiredService<RecordedChange>().RunAsync(actor, "foundCommittee", facts, async () =>
        {
            var row = await db.Committees.SingleAsync(c => c.Id == id, ct);
            (row.Place, row.OfficeName) = (asked.Place!.Trim(), asked.OfficeName!.Trim());
            Inherit(db, inherited, asked);
            for (var i = 0; i < asked.Administrators!.Count; i++)
            {
                var user = Account(id, asked.Administrators[i]);
                var made = await users.CreateAsync(user);
                if (!made.Succeeded)
                {
                    problems.AddRange(made.Errors.Select(e => new FieldProblem($"{nameof(asked.Administrators)}[{i}].{nameof(FirstAdministrator.UserName)}", e.Description, e.Description)));
                    return made;
                }

                invitations.Invite(db, user);
            }

            return IdentityResult.Success;
        }, ct);
        if (!result.Succeeded && problems.Count == 0) problems.Add(new(nameof(asked.Code), "刚刚有人也在组建这个委员会，请重新打开查看。", "Somebody else is founding this committee; open it again."));
        return problems;
    }

    /// <summary>A place alone is no committee yet: it has no rules, no people, and takes no matter.</summary>
    private async Task AddPlaceAsync(Guid id, FoundedCommittee asked, CancellationToken ct)
    {
        await using var anywhere = databases.Create(Guid.Empty);
        using var turn = await databases.Gate.EnterAsync(ct);
        var order = await anywhere.Committees.MaxAsync(c => (int?)c.Order, ct) ?? 0;
        anywhere.Committees.Add(new() { Id = id, Code = asked.Code!, Place = asked.Place!.Trim(), OfficeName = asked.OfficeName!.Trim(), ParentCode = asked.ParentCode, Level = asked.Level!, Order = order + 1 });
        await anywhere.SaveChangesAsync(ct);
    }

    private async Task<bool> NotBelowAsync(string code, CancellationToken ct)
    {
        var rung = 0;
        for (var one = code; one is not null && rung < 10; rung++)
        {
            if (await above.Committees.AsNoTracking().Where(c => c.Code == one).Select(c => new { c.Id, c.ParentCode }).SingleOrDefaultAsync(ct) is not { } committee) return true;
            if (committee.Id == above.TenantId) return false;
            one = committee.ParentCode;
        }

        return true;
    }

    /// <summary>The newest rules and route of the nearest committee above that has some; the founder's own at the last.</summary>
    private async Task<Inherited> InheritedAsync(string parent, CancellationToken ct)
    {
        var named = await above.Committees.AsNoTracking().Where(c => c.Code == parent).Select(c => new { c.Id, c.Code, c.ParentCode }).SingleAsync(ct);
        await using var db = databases.Create(named.Id);
        if (await db.Rules.OrderByDescending(r => r.Version).Select(r => r.Json).FirstOrDefaultAsync(ct) is not { } rules)
            return named.Id == above.TenantId || named.ParentCode is null ? throw new InvalidOperationException("The founder has no rules.") : await InheritedAsync(named.ParentCode, ct);
        var read = CommitteeRules.Read(rules).Rules ?? throw new InvalidOperationException($"The rules of {named.Code} can't be read.");
        var route = await db.Routes.AsNoTracking().OrderByDescending(r => r.At).ThenByDescending(r => r.Version).FirstAsync(ct);
        var names = await db.Organisations.OrderByDescending(o => o.Version).Select(o => o.Json).FirstOrDefaultAsync(ct);
        return new(named.Code, read, route, names);
    }

    private void Inherit(PanelDb db, Inherited from, FoundedCommittee asked)
    {
        var now = HistoryChain.Storable(clock.GetUtcNow());
        // What was the upper committee's own decision is a default here until somebody here has decided.
        var settings = from.Rules.Settings.Select(s => s.Key switch
        {
            "office.code" => Own(s, asked.Code!),
            "office.name" => Own(s, asked.OfficeName!),
            "office.contact" => Own(s, asked.Contact!),
            "issuer.code" => Own(s, asked.IssuerCode!),
            _ => s with { IsDefault = true },
        });
        db.Rules.Add(new() { Version = 1, Json = CommitteeSetup.ToJson(new(1, [.. settings])), ApprovedBy = NotApproved, At = now });
        db.Routes.Add(new() { RouteId = from.Route.RouteId, Version = from.Route.Version, Json = from.Route.Json, At = now });
        if (from.Organisations is { } names) db.Organisations.Add(new() { Version = 1, Json = names, ChangedBy = NotApproved, At = now });
    }

    private static RuleSetting Own(RuleSetting setting, string value) => setting with { Value = value.Trim(), IsDefault = true };

    private static AppUser Account(Guid tenant, FirstAdministrator person) => new()
    {
        Id = Guid.CreateVersion7(), TenantId = tenant, UserName = person.UserName!.Trim(), DisplayName = person.DisplayName!.Trim(), Email = person.Email!.Trim(), Roles = [person.Role],
    };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed record Inherited(string Code, CommitteeRules Rules, RouteRow Route, string? Organisations);
}
