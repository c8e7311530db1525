using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Lending;

/// <summary>
/// Keeps the borrowers' banks true to what the lenders show: a lent card becomes a guest's card there, each later change follows, the end of
/// the loan ends the guest's term. Done at once by whoever changed it, and by the worker where that was interrupted.
/// </summary>
public sealed class GuestCards(PanelDbFactory databases, CommitteeHistory history, TimeProvider clock)
{
    private static readonly Actor Carrier = Actor.System("lending");

    /// <summary>Puts the changed card into the loans of an expert; part of the change itself.</summary>
    public static async Task ShowAsync(PanelDb lender, ExpertRow expert, CancellationToken ct)
    {
        foreach (var loan in await lender.Loans.Where(l => l.LenderId == lender.TenantId && l.ExpertId == expert.Id && l.State == LoanState.Lent).ToListAsync(ct))
        {
            loan.CardJson = LentCard.Of(expert).Write();
            loan.CardVersion++;
            loan.Version++;
        }
    }

    /// <returns>How many loans were carried.</returns>
    public async Task<int> CarryDueAsync(int most, CancellationToken ct)
    {
        List<TenantWork> due;
        await using (var db = databases.Create(Guid.Empty)) due = await CrossTenant.LoansToCarryAsync(db, most, ct);
        foreach (var loan in due) await CarryAsync(loan.TenantId, loan.Id, ct);
        return due.Count;
    }

    /// <summary>Brings one loan into the borrower's bank; done twice it changes nothing. A lost race is left to the next round.</summary>
    public async Task CarryAsync(Guid borrower, Guid loanId, CancellationToken ct)
    {
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = await databases.CreateWriterAsync(borrower, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Loans.SingleOrDefaultAsync(l => l.Id == loanId && l.CarriedVersion < l.CardVersion, ct) is not { } loan) return;
        var card = LentCard.Read(loan.CardJson);
        var guest = loan.GuestId is { } id ? await db.Experts.Include(e => e.Addresses).SingleAsync(e => e.Id == id, ct) : null;
        loan.Fault = guest is null && loan.State == LoanState.Ended ? null : await FaultAsync(db, guest, card, ct);
        loan.CarriedVersion = loan.CardVersion;
        loan.Version++;
        if (loan.Fault is null && !(guest is null && loan.State == LoanState.Ended))
        {
            guest ??= New(db, loan);
            Fill(db, guest, card, loan);
            loan.GuestId = guest.Id;
            await history.AppendAsync(db, Carrier, "carryGuest", new { guest.BankNumber, guest.Name, loan.LenderName, loan.State, loan.Until, loan.CardVersion }, ct);
        }

        try
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (DbUpdateException race) when (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race))
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The same person may stand in both banks: then a mail could not be told whose it is, and one person would have two chances.</summary>
    private static async Task<string?> FaultAsync(PanelDb db, ExpertRow? guest, LentCard card, CancellationToken ct)
    {
        var (own, addresses) = (guest?.Id ?? Guid.Empty, card.Addresses.Select(a => a.Address).ToList());
        var same = await db.ExpertAddresses.Where(a => a.ExpertId != own && addresses.Contains(a.Address)).Select(a => a.ExpertId).FirstOrDefaultAsync(ct);
        var known = await db.Experts.Where(e => e.Id == same || (e.Id != own && e.Name == card.Name && e.Employer == card.Employer)).Select(e => e.BankNumber).FirstOrDefaultAsync(ct);
        return known is null ? null : $"与本级人才库 {known} 可能是同一人（邮箱或者姓名、单位相同），未列入。";
    }

    private static ExpertRow New(PanelDb db, LoanRow loan)
    {
        var guest = new ExpertRow { Id = Guid.CreateVersion7(), LoanId = loan.Id, BankNumber = $"{loan.LenderCode}-{loan.BankNumber}" };
        db.Experts.Add(guest);
        return guest;
    }

    private void Fill(PanelDb db, ExpertRow guest, LentCard card, LoanRow loan)
    {
        (guest.Name, guest.Gender, guest.Category, guest.CivilServant) = (card.Name, card.Gender, card.Category, card.CivilServant);
        (guest.Employer, guest.Title, guest.Mobile, guest.LentFrom) = (card.Employer, card.Title, card.Mobile, loan.LenderName);
        (guest.LeaveFrom, guest.LeaveTo, guest.Specialties) = (card.LeaveFrom, card.LeaveTo, [.. card.Specialties]);
        (guest.FormerEmployers, guest.Conflicts, guest.Relatives) = ([.. card.FormerEmployers], [.. card.Conflicts], [.. card.Relatives]);
        var lentOn = ChinaTime.LocalDate(loan.DecidedAt ?? clock.GetUtcNow());
        guest.TermFrom = card.TermFrom > lentOn ? card.TermFrom : lentOn;
        guest.TermTo = card.TermTo < loan.Until ? card.TermTo : loan.Until;
        guest.Version++;
        db.ExpertAddresses.RemoveRange(guest.Addresses.Where(a => card.Addresses.All(c => c.Address != a.Address)));
        foreach (var address in card.Addresses)
        {
            if (guest.Addresses.Find(a => a.Address == address.Address) is not { } row)
            {
                row = new() { Id = Guid.CreateVersion7(), ExpertId = guest.Id, Address = address.Address };
                db.ExpertAddresses.Add(row);
            }

            (row.Primary, row.VerifiedAt) = (address.Primary, address.VerifiedAt);
        }
    }
}

/// <summary>Carries what was interrupted.</summary>
public sealed class LendingWorker(GuestCards guests, TimeProvider clock, ILogger<LendingWorker> log) : BackgroundService
{
    private const int MostInARound = 50;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync("Lending", ct => guests.CarryDueAsync(MostInARound, ct), clock, log, stoppingToken);
}
