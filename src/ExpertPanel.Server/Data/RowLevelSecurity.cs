using System.Data.Common;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ExpertPanel.Server.Data;

/// <summary>
/// The second wall, on PostgreSQL: a unit of work speaks under a role that owns nothing and sees the rows of its committee only, whatever
/// its query says. Without a committee it speaks under another role, which finds whose a piece of work is and reads no more than that.
/// </summary>
public static class RowLevelSecurity
{
    /// <summary>Reads and writes the rows of the committee named by <see cref="Setting"/>.</summary>
    public const string CommitteeRole = "expertpanel_committee";

    /// <summary>Sees ids across committees, the places and the accounts; no matter, no letter, no expert.</summary>
    public const string FinderRole = "expertpanel_finder";

    public const string Setting = "expertpanel.committee";

    private const string Current = $"NULLIF(current_setting('{Setting}', true), '')::uuid";

    /// <summary>What <see cref="CrossTenant"/> asks for, column by column.</summary>
    private static readonly Dictionary<Type, string[]> Found = new()
    {
        [typeof(InvitationRow)] = [nameof(InvitationRow.TenantId), nameof(InvitationRow.Id), nameof(InvitationRow.TokenHash)],
        [typeof(MailConfirmationRow)] = [nameof(MailConfirmationRow.TenantId), nameof(MailConfirmationRow.Id), nameof(MailConfirmationRow.TokenHash)],
        [typeof(AccountInvitationRow)] = [nameof(AccountInvitationRow.TenantId), nameof(AccountInvitationRow.Id), nameof(AccountInvitationRow.TokenHash)],
        [typeof(ImportRow)] = [nameof(ImportRow.TenantId), nameof(ImportRow.Id), nameof(ImportRow.State)],
        [typeof(ApiTokenRow)] = [nameof(ApiTokenRow.TenantId), nameof(ApiTokenRow.Id), nameof(ApiTokenRow.TokenHash)],
        [typeof(TimerRow)] = [nameof(TimerRow.TenantId), nameof(TimerRow.Id), nameof(TimerRow.DueAt), nameof(TimerRow.FiredAt)],
        [typeof(LetterRow)] =
        [
            nameof(LetterRow.TenantId), nameof(LetterRow.Id), nameof(LetterRow.MessageId), nameof(LetterRow.SentAt), nameof(LetterRow.FailedAt),
            nameof(LetterRow.NextAttemptAt), nameof(LetterRow.ClaimedUntil),
        ],
        [typeof(FileRow)] = [nameof(FileRow.TenantId), nameof(FileRow.Id), nameof(FileRow.Scan), nameof(FileRow.NextScanAt)],
        [typeof(InboundMailRow)] = [nameof(InboundMailRow.TenantId), nameof(InboundMailRow.Id), nameof(InboundMailRow.Scan), nameof(InboundMailRow.Reason), nameof(InboundMailRow.NextScanAt)],
        [typeof(LoanRow)] = [nameof(LoanRow.BorrowerId), nameof(LoanRow.Id), nameof(LoanRow.CardVersion), nameof(LoanRow.CarriedVersion)],
        [typeof(MembershipRow)] = [nameof(MembershipRow.TenantId), nameof(MembershipRow.UserId), nameof(MembershipRow.EndedAt)],
    };

    /// <summary>
    /// Puts the wall up, or mends it, after the schema has changed; done twice it changes nothing. Whoever migrates owns the tables and needs
    /// to be allowed to make roles, unless an administrator has made the two.
    /// </summary>
    public static async Task RaiseAsync(PanelDb owner, CancellationToken cancellationToken)
    {
        if (!owner.Database.IsNpgsql()) return;
        // The names come from the model, not from anybody's input.
        await owner.Database.ExecuteSqlRawAsync(string.Join('\n', Statements(owner.Model)), cancellationToken);
    }

    /// <summary>Tells the server who speaks, each time a connection is taken from the pool, which forgets it again.</summary>
    internal sealed class Speaker : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = Introduce(connection, eventData);
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = Introduce(connection, eventData);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private static DbCommand Introduce(DbConnection connection, ConnectionEndEventData eventData)
        {
            var tenant = eventData.Context is PanelDb { TenantId: var id } ? id : Guid.Empty;
            var command = connection.CreateCommand();
            command.CommandText = $"SELECT set_config('role', $1, false), set_config('{Setting}', $2, false)";
            Add(command, tenant == Guid.Empty ? FinderRole : CommitteeRole);
            Add(command, tenant == Guid.Empty ? "" : tenant.ToString());
            return command;
        }

        private static void Add(DbCommand command, string value)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }

    private static IEnumerable<string> Statements(IModel model)
    {
        foreach (var role in (string[])[CommitteeRole, FinderRole])
        {
            // Roles belong to the whole server: an administrator, another database or another program at the same moment may have made it.
            // Asked first, because who may not make roles is refused before it is seen that there is nothing to make.
            yield return $"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;";
            yield return $"DO $$ BEGIN IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN GRANT {role} TO current_user; END IF; END $$;";
            yield return $"GRANT USAGE ON SCHEMA public TO {role};";
            yield return $"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};";
        }

        yield return $"GRANT SELECT ON \"__EFMigrationsHistory\" TO {CommitteeRole}, {FinderRole};";
        foreach (var entity in model.GetEntityTypes())
        {
            var table = $"\"{entity.GetTableName()}\"";
            yield return $"REVOKE ALL ON {table} FROM {CommitteeRole}, {FinderRole};";
            yield return $"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {CommitteeRole};";
            if (OwnRows(entity.ClrType) is not { } own)
            {
                yield return $"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {FinderRole};";
                continue;
            }

            yield return $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;";
            yield return $"DROP POLICY IF EXISTS own_rows ON {table};";
            yield return $"CREATE POLICY own_rows ON {table} TO {CommitteeRole} USING ({own}) WITH CHECK ({own});";
            if (!Found.TryGetValue(entity.ClrType, out var columns))
            {
                // No policy lets the finder see a row, so that it finds nothing here, as on SQLite, instead of failing.
                yield return $"GRANT SELECT ON {table} TO {FinderRole};";
                continue;
            }

            yield return $"GRANT SELECT ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) ON {table} TO {FinderRole};";
            yield return $"DROP POLICY IF EXISTS found ON {table};";
            yield return $"CREATE POLICY found ON {table} FOR SELECT TO {FinderRole} USING (true);";
        }

        foreach (var statement in Accounts(model)) yield return statement;
    }

    /// <summary>The condition for a committee's rows; null for a table that belongs to no committee.</summary>
    private static string? OwnRows(Type row) =>
        row == typeof(LoanRow) ? $"\"{nameof(LoanRow.BorrowerId)}\" = {Current} OR \"{nameof(LoanRow.LenderId)}\" = {Current}"
        : row.IsAssignableTo(typeof(ITenantOwned)) ? $"\"{nameof(ITenantOwned.TenantId)}\" = {Current}" : null;

    /// <summary>
    /// Accounts are found by name before a committee is known, so the finder has them all; a committee sees its own people and those it let
    /// in, and changes its own only.
    /// </summary>
    private static IEnumerable<string> Accounts(IModel model)
    {
        const string Mine = $"\"{nameof(AppUser.TenantId)}\" = {Current}";
        var users = $"\"{model.FindEntityType(typeof(AppUser))!.GetTableName()}\"";
        var guests = $"\"{model.FindEntityType(typeof(MembershipRow))!.GetTableName()}\"";
        foreach (var statement in Guard(users, $"{Mine} OR EXISTS (SELECT 1 FROM {guests} m WHERE m.\"{nameof(MembershipRow.UserId)}\" = {users}.\"Id\" AND m.\"{nameof(MembershipRow.EndedAt)}\" IS NULL)", Mine))
            yield return statement;
        foreach (var part in model.GetEntityTypes().Where(e => e.ClrType.Namespace == "Microsoft.AspNetCore.Identity"))
        {
            var table = $"\"{part.GetTableName()}\"";
            var own = $"EXISTS (SELECT 1 FROM {users} u WHERE u.\"Id\" = {table}.\"UserId\" AND u.{Mine})";
            foreach (var statement in Guard(table, own, own)) yield return statement;
        }
    }

    private static IEnumerable<string> Guard(string table, string seen, string changed)
    {
        yield return $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;";
        foreach (var policy in (string[])["seen", "added", "changed", "removed", "found"]) yield return $"DROP POLICY IF EXISTS {policy} ON {table};";
        yield return $"CREATE POLICY seen ON {table} FOR SELECT TO {CommitteeRole} USING ({seen});";
        yield return $"CREATE POLICY added ON {table} FOR INSERT TO {CommitteeRole} WITH CHECK ({changed});";
        yield return $"CREATE POLICY changed ON {table} FOR UPDATE TO {CommitteeRole} USING ({changed}) WITH CHECK ({changed});";
        yield return $"CREATE POLICY removed ON {table} FOR DELETE TO {CommitteeRole} USING ({changed});";
        yield return $"CREATE POLICY found ON {table} TO {FinderRole} USING (true) WITH CHECK (true);";
    }
}
