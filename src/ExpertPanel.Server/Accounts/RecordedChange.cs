using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Accounts;

/// <summary>A change to accounts, delegations, tokens or rules and its row in the committee's history: both or neither, and judged by nothing that another change has overtaken.</summary>
public sealed class RecordedChange(PanelDb db, PanelDbFactory databases, CommitteeHistory history, AccountErrors errors)
{
    /// <param name="change">Makes the change on the request's own unit of work.</param>
    public Task<IdentityResult> RunAsync(Actor actor, string command, object facts, Func<Task<IdentityResult>> change, CancellationToken cancellationToken) =>
        RunAsync(actor, command, () => facts, change, cancellationToken);

    /// <param name="facts">Asked for once the change was made, where what happened is known only then.</param>
    public async Task<IdentityResult> RunAsync(Actor actor, string command, Func<object> facts, Func<Task<IdentityResult>> change, CancellationToken cancellationToken)
    {
        using var turn = await databases.Gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var head = await CommitteeHistory.HeadAsync(db, cancellationToken);
            var result = await change();
            if (result.Succeeded)
            {
                await history.AppendAsync(db, actor, command, facts(), cancellationToken, judgedAt: head);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }

            db.ChangeTracker.Clear();
            return result;
        }
        catch (DbUpdateException race) when (race is DbUpdateConcurrencyException || DatabaseFaults.IsRace(race))
        {
            db.ChangeTracker.Clear();
            return IdentityResult.Failed(errors.ConcurrencyFailure());
        }
    }

    /// <summary>A change that can't be refused by anything but a race.</summary>
    public Task<IdentityResult> RunAsync(Actor actor, string command, object facts, Action<PanelDb> change, CancellationToken cancellationToken) =>
        RunAsync(actor, command, facts, () =>
        {
            change(db);
            return Task.FromResult(IdentityResult.Success);
        }, cancellationToken);
}
