using System.Text.Json;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExpertPanel.Server.Data.Mappings;

internal sealed class CommitteeMapping : IEntityTypeConfiguration<CommitteeRow>
{
    public void Configure(EntityTypeBuilder<CommitteeRow> row)
    {
        row.ToTable("committees").Property(r => r.Version).IsConcurrencyToken();
        row.HasIndex(r => r.Code).IsUnique();
    }
}

internal sealed class RulesMapping : IEntityTypeConfiguration<RulesRow>
{
    public void Configure(EntityTypeBuilder<RulesRow> row) => row.ToTable("rules").HasKey(r => new { r.TenantId, r.Version });
}

internal sealed class RouteMapping : IEntityTypeConfiguration<RouteRow>
{
    public void Configure(EntityTypeBuilder<RouteRow> row) => row.ToTable("routes").HasKey(r => new { r.TenantId, r.RouteId, r.Version });
}

internal sealed class OrganisationsMapping : IEntityTypeConfiguration<OrganisationsRow>
{
    public void Configure(EntityTypeBuilder<OrganisationsRow> row) => row.ToTable("organisations").HasKey(r => new { r.TenantId, r.Version });
}

internal sealed class LocalDayMapping : IEntityTypeConfiguration<LocalDayRow>
{
    public void Configure(EntityTypeBuilder<LocalDayRow> row) => row.ToTable("local_days").HasKey(r => new { r.TenantId, r.Date });
}

internal sealed class ExpertMapping : IEntityTypeConfiguration<ExpertRow>
{
    public void Configure(EntityTypeBuilder<ExpertRow> row)
    {
        row.ToTable("experts").Property(r => r.Version).IsConcurrencyToken();
        row.HasIndex(r => new { r.TenantId, r.BankNumber }).IsUnique();
        row.HasIndex(r => r.ImportId).HasFilter("\"ImportId\" IS NOT NULL");
        row.HasMany(r => r.Addresses).WithOne().HasForeignKey(a => a.ExpertId);
        foreach (var list in new[] { nameof(ExpertRow.Specialties), nameof(ExpertRow.FormerEmployers), nameof(ExpertRow.Conflicts), nameof(ExpertRow.Relatives) })
            row.Property<List<string>>(list).HasConversion(
                texts => JsonSerializer.Serialize(texts, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<List<string>>(json, JsonSerializerOptions.Default) ?? new(),
                new ValueComparer<List<string>>((a, b) => a!.SequenceEqual(b!), t => t.Aggregate(0, (h, s) => HashCode.Combine(h, s)), t => t.ToList()));
    }
}

internal sealed class ExpertAddressMapping : IEntityTypeConfiguration<ExpertAddressRow>
{
    public void Configure(EntityTypeBuilder<ExpertAddressRow> row) =>
        row.ToTable("expert_addresses").HasIndex(r => new { r.TenantId, r.Address }).IsUnique();
}

internal sealed class LoanMapping : IEntityTypeConfiguration<LoanRow>
{
    public void Configure(EntityTypeBuilder<LoanRow> row)
    {
        row.ToTable("loans").Property(r => r.Version).IsConcurrencyToken();
        row.Property(r => r.State).HasConversion<string>();
        row.HasIndex(r => new { r.BorrowerId, r.ExpertId }).IsUnique().HasFilter("\"State\" IN ('Asked', 'Lent')");
        row.HasIndex(r => new { r.LenderId, r.State });
    }
}

internal sealed class MatterMapping : IEntityTypeConfiguration<MatterRow>
{
    public void Configure(EntityTypeBuilder<MatterRow> row)
    {
        row.ToTable("matters").Property(r => r.Version).IsConcurrencyToken();
        row.HasIndex(r => new { r.TenantId, r.Number }).IsUnique();
        row.HasIndex(r => new { r.TenantId, r.WaitingFor, r.Stage });
        row.HasIndex(r => new { r.TenantId, r.RegisteredAt });
        row.HasIndex(r => new { r.TenantId, r.SponsoringUnit });
        row.HasIndex(r => new { r.TenantId, r.LinkedNumber }).HasFilter("\"LinkedNumber\" IS NOT NULL");
        row.HasIndex(r => new { r.TenantId, r.DocumentNumber }).IsUnique().HasFilter("\"DocumentNumber\" IS NOT NULL");
    }
}

internal sealed class HistoryMapping : IEntityTypeConfiguration<HistoryRow>
{
    public void Configure(EntityTypeBuilder<HistoryRow> row)
    {
        row.ToTable("history").HasKey(r => new { r.StreamId, r.Sequence });
        row.HasIndex(r => new { r.TenantId, r.IdempotencyKey }).IsUnique().HasFilter("\"IdempotencyKey\" IS NOT NULL");
        row.HasIndex(r => new { r.TenantId, r.ActorId });
    }
}

internal sealed class TimerMapping : IEntityTypeConfiguration<TimerRow>
{
    public void Configure(EntityTypeBuilder<TimerRow> row) => row.ToTable("timers").HasIndex(r => r.DueAt).HasFilter("\"FiredAt\" IS NULL");
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<InvitationRow>
{
    public void Configure(EntityTypeBuilder<InvitationRow> row)
    {
        row.ToTable("invitations").HasIndex(r => r.TokenHash).IsUnique();
        row.HasIndex(r => new { r.TenantId, r.ExpertId });
        row.HasIndex(r => r.MatterId);
    }
}

internal sealed class DrawMapping : IEntityTypeConfiguration<DrawRow>
{
    public void Configure(EntityTypeBuilder<DrawRow> row) => row.ToTable("draws").HasIndex(r => r.MatterId);
}

internal sealed class NumberSeriesMapping : IEntityTypeConfiguration<NumberSeriesRow>
{
    public void Configure(EntityTypeBuilder<NumberSeriesRow> row) => row.ToTable("number_series").HasKey(r => new { r.TenantId, r.Code, r.Year });
}

internal sealed class FileMapping : IEntityTypeConfiguration<FileRow>
{
    public void Configure(EntityTypeBuilder<FileRow> row)
    {
        row.ToTable("files").HasIndex(r => new { r.TenantId, r.MatterId, r.Sha256 });
        row.Property(r => r.Scan).HasDefaultValue(ScanState.Waiting);
        row.HasIndex(r => r.NextScanAt).HasFilter(ScanState.IsWaiting);
        row.HasIndex(r => r.TenantId).HasFilter(ScanState.IsInfected);
    }
}

internal sealed class LetterMapping : IEntityTypeConfiguration<LetterRow>
{
    public void Configure(EntityTypeBuilder<LetterRow> row)
    {
        row.ToTable("letters").HasIndex(r => r.NextAttemptAt).HasFilter("\"SentAt\" IS NULL AND \"FailedAt\" IS NULL");
        row.HasIndex(r => r.MessageId).IsUnique();
        row.HasIndex(r => r.MatterId);
        row.HasIndex(r => new { r.ToAddress, r.SentAt });
    }
}

internal sealed class InboundMailMapping : IEntityTypeConfiguration<InboundMailRow>
{
    public void Configure(EntityTypeBuilder<InboundMailRow> row)
    {
        row.ToTable("inbound_mails").HasIndex(r => new { r.TenantId, r.Sha256 }).IsUnique();
        row.HasIndex(r => new { r.TenantId, r.State });
        // A repeat is looked for at every reply; without this every mail's bytes are read for it.
        row.HasIndex(r => new { r.TenantId, r.InvitationId, r.MessageId });
        row.HasIndex(r => new { r.TenantId, r.ReplyKey }).IsUnique().HasFilter("\"ReplyKey\" IS NOT NULL");
        row.HasIndex(r => new { r.TenantId, r.SignatureHash }).HasFilter("\"SignatureHash\" IS NOT NULL");
        row.HasIndex(r => r.MatterId);
        row.Property(r => r.Scan).HasDefaultValue(ScanState.Waiting);
        row.HasIndex(r => r.NextScanAt).HasFilter(ScanState.IsWaiting);
    }
}

internal sealed class MailConfirmationMapping : IEntityTypeConfiguration<MailConfirmationRow>
{
    public void Configure(EntityTypeBuilder<MailConfirmationRow> row)
    {
        row.ToTable("mail_confirmations").HasIndex(r => r.TokenHash).IsUnique();
        row.HasIndex(r => new { r.TenantId, r.MailId, r.Kind }).IsUnique();
        row.HasIndex(r => r.InvitationId);
    }
}

internal sealed class ImportMapping : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.ToTable("imports").Property(r => r.Version).IsConcurrencyToken();
        row.Property(r => r.State).HasConversion<string>();
        row.HasIndex(r => r.State).HasFilter("\"State\" = 'Waiting'");
    }
}

internal sealed class AccountInvitationMapping : IEntityTypeConfiguration<AccountInvitationRow>
{
    public void Configure(EntityTypeBuilder<AccountInvitationRow> row)
    {
        row.ToTable("account_invitations").HasIndex(r => r.TokenHash).IsUnique();
        row.HasIndex(r => r.UserId);
    }
}

internal sealed class MailNoticeMapping : IEntityTypeConfiguration<MailNoticeRow>
{
    public void Configure(EntityTypeBuilder<MailNoticeRow> row) => row.ToTable("mail_notices").HasKey(r => new { r.TenantId, r.Sender, r.Day });
}

internal sealed class OpinionDraftMapping : IEntityTypeConfiguration<OpinionDraftRow>
{
    public void Configure(EntityTypeBuilder<OpinionDraftRow> row) => row.ToTable("opinion_drafts").HasKey(r => r.InvitationId);
}

internal sealed class ReplyCodeMapping : IEntityTypeConfiguration<ReplyCodeRow>
{
    public void Configure(EntityTypeBuilder<ReplyCodeRow> row) => row.ToTable("reply_codes").HasIndex(r => r.InvitationId);
}

internal sealed class DelegationMapping : IEntityTypeConfiguration<DelegationRow>
{
    public void Configure(EntityTypeBuilder<DelegationRow> row) => row.ToTable("delegations").Property(r => r.Role).HasConversion<string>();
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<MembershipRow>
{
    public void Configure(EntityTypeBuilder<MembershipRow> row)
    {
        row.ToTable("memberships").HasIndex(r => new { r.TenantId, r.UserId }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        row.HasIndex(r => r.UserId);
        RoleSet.Map(row.Property(r => r.Roles));
    }
}

internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiTokenRow>
{
    public void Configure(EntityTypeBuilder<ApiTokenRow> row) => row.ToTable("api_tokens").HasIndex(r => r.TokenHash).IsUnique();
}

internal sealed class UserMapping : IEntityTypeConfiguration<AppUser>
{
    public void Configure(EntityTypeBuilder<AppUser> row)
    {
        row.HasIndex(r => r.TenantId);
        RoleSet.Map(row.Property(r => r.Roles));
    }
}

/// <summary>A set of roles as their names in one column.</summary>
internal static class RoleSet
{
    public static void Map(PropertyBuilder<HashSet<Role>> roles) => roles.HasConversion(
        set => string.Join(',', set.Order()),
        text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>).ToHashSet(),
        new ValueComparer<HashSet<Role>>((a, b) => a!.SetEquals(b!), r => r.Aggregate(0, (h, x) => h ^ (int)x), r => r.ToHashSet()));
}
