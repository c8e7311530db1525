using System.Linq.Expressions;
using ExpertPanel.Server.Accounts;
using ExpertPanel.Server.Tenancy;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExpertPanel.Server.Data;

/// <summary>
/// The model. Every tenant-owned row is read through the named filter <see cref="TenantFilter"/> and written with the tenant
/// stamped and checked. With no tenant set a query returns nothing.
/// </summary>
public abstract class PanelDb(DbContextOptions options) : IdentityUserContext<AppUser, Guid>(options), IDataProtectionKeyContext
{
    public const string TenantFilter = "tenant";

    /// <summary>The committee of this unit of work; set by <see cref="PanelDbFactory"/>.</summary>
    public Guid TenantId { get; internal set; }

    public DbSet<CommitteeRow> Committees => Set<CommitteeRow>();

    public DbSet<RulesRow> Rules => Set<RulesRow>();

    public DbSet<RouteRow> Routes => Set<RouteRow>();

    public DbSet<OrganisationsRow> Organisations => Set<OrganisationsRow>();

    public DbSet<LocalDayRow> LocalDays => Set<LocalDayRow>();

    public DbSet<ExpertRow> Experts => Set<ExpertRow>();

    public DbSet<ExpertAddressRow> ExpertAddresses => Set<ExpertAddressRow>();

    public DbSet<LoanRow> Loans => Set<LoanRow>();

    public DbSet<MatterRow> Matters => Set<MatterRow>();

    public DbSet<HistoryRow> History => Set<HistoryRow>();

    public DbSet<TimerRow> Timers => Set<TimerRow>();

    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();

    public DbSet<DrawRow> Draws => Set<DrawRow>();

    public DbSet<NumberSeriesRow> NumberSeries => Set<NumberSeriesRow>();

    public DbSet<FileRow> Files => Set<FileRow>();

    public DbSet<LetterRow> Letters => Set<LetterRow>();

    public DbSet<InboundMailRow> InboundMails => Set<InboundMailRow>();

    public DbSet<MailConfirmationRow> MailConfirmations => Set<MailConfirmationRow>();

    public DbSet<ImportRow> Imports => Set<ImportRow>();

    public DbSet<AccountInvitationRow> AccountInvitations => Set<AccountInvitationRow>();

    public DbSet<MailNoticeRow> MailNotices => Set<MailNoticeRow>();

    public DbSet<OpinionDraftRow> OpinionDrafts => Set<OpinionDraftRow>();

    public DbSet<ReplyCodeRow> ReplyCodes => Set<ReplyCodeRow>();

    public DbSet<DelegationRow> Delegations => Set<DelegationRow>();

    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    public DbSet<ApiTokenRow> ApiTokens => Set<ApiTokenRow>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PanelDb).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList())
            builder.Entity(entity.ClrType).HasQueryFilter(TenantFilter, OwnRows(entity.ClrType));
        builder.Entity<LoanRow>().HasQueryFilter(TenantFilter, loan => loan.BorrowerId == TenantId || loan.LenderId == TenantId);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // SQLite can't order a DateTimeOffset; as UTC DateTime both databases can.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        StampTenant();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        StampTenant();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Filters guard reads only; this guards writes.</summary>
    private void StampTenant()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.State == EntityState.Added && entry.Entity.TenantId == Guid.Empty) entry.Entity.TenantId = TenantId;
            if (entry.Entity.TenantId != TenantId || TenantId == Guid.Empty)
                throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} of another committee can't be written here.");
        }

        foreach (var loan in ChangeTracker.Entries<LoanRow>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            if (TenantId == Guid.Empty || (loan.Entity.BorrowerId != TenantId && loan.Entity.LenderId != TenantId))
                throw new InvalidOperationException("A loan between other committees can't be written here.");
    }

    private LambdaExpression OwnRows(Type type)
    {
        var row = Expression.Parameter(type, "row");
        return Expression.Lambda(
            Expression.Equal(Expression.Property(row, nameof(ITenantOwned.TenantId)), Expression.Property(Expression.Constant(this, typeof(PanelDb)), nameof(TenantId))), row);
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        moment => moment.UtcDateTime, stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
}

public sealed class SqlitePanelDb(DbContextOptions<SqlitePanelDb> options) : PanelDb(options);

public sealed class PostgresPanelDb(DbContextOptions<PostgresPanelDb> options) : PanelDb(options);
