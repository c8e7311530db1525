using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Conflicts;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Processes;

/// <summary>What a step asks of the database to screen: the cards, the office's table, and the linked matter.</summary>
public sealed class ConflictStepTests
{
    [Fact]
    public async Task An_old_name_entered_after_the_invitation_recuses_at_the_acceptance_and_the_next_is_asked_in_the_same_step()
    {
        await using var panel = await TestPanel.CreateAsync();
        var matter = await Stage.ExpertConsultingAsync(panel);
        var invitation = (matter.Panel?.Invitations ?? [])[0];
        await EnterAsync(panel, "示例热力有限公司", await EmployerAsync(panel, invitation.BankNumber));

        var result = await panel.RunAsync(matter.Id, new AcceptInvitation(invitation.Id, true), People.Expert(invitation));

        Assert.Null(result.Refusal);
        Assert.Equal([nameof(ExpertRecused), nameof(ExpertInvited)], result.Facts.Select(f => f.GetType().Name));
        await using var db = panel.Open();
        Assert.Equal(nameof(InvitationState.Recused), (await db.Invitations.SingleAsync(i => i.Id == invitation.Id)).State);
        Assert.Equal(4, await db.Invitations.CountAsync(i => i.MatterId == matter.Id));
        Assert.Single(await db.Letters.Where(l => l.Kind == LetterKinds.InvitationWithdrawn && l.InvitationId == invitation.Id).ToListAsync());
        Assert.All(await db.History.Where(h => h.StreamId == matter.Id).ToListAsync(), row => Assert.Equal(row.Hash, HistoryChain.HashOf(row)));
    }

    [Fact]
    public async Task Who_reviewed_the_withdrawn_matter_is_not_drawn_for_its_resubmission()
    {
        await using var panel = await TestPanel.CreateAsync();
        var earlier = await Stage.SummarisingAsync(panel);
        await panel.MustAsync(earlier.Id, new WithdrawMatter("调整方案后重报"), People.Clerk);
        var again = await Stage.DrawingAsync(panel, Stage.Registration() with { LinkedNumber = earlier.Number });

        await using var db = panel.Open();
        var input = await db.Draws.Where(d => d.MatterId == again.Id).Select(d => d.Input).SingleAsync();
        Assert.Equal(3, input.Split(ConflictRules.PriorHandling).Length - 1);
    }

    private static async Task<string> EmployerAsync(TestPanel panel, string bankNumber)
    {
        await using var db = panel.Open();
        return await db.Experts.Where(e => e.BankNumber == bankNumber).Select(e => e.Employer).SingleAsync();
    }

    private static async Task EnterAsync(TestPanel panel, string name, string oldName)
    {
        await using var db = panel.Open();
        db.Organisations.Add(new() { Version = 2, Json = OrganisationTable.Write([new(name, [oldName], [], [], "工商变更登记")]), ChangedBy = "测试", At = panel.Clock.GetUtcNow() });
        await db.SaveChangesAsync();
    }
}
