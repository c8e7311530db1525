using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using Microsoft.EntityFrameworkCore;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>The page behind a question's link: what it shows, and the one answer. The answer is written first and the mail judged after, so that a crash between them loses neither.</summary>
public sealed class MailAnswers(PanelDbFactory databases, CommitteeSettings settings, CommitteeHistory history, HeldMailReading reading, MailReplay replay, TimeProvider clock) : IMailQuestions
{
    /// <summary>Characters of the reply shown.</summary>
    private const int FirstWords = 60;

    public async Task<MailQuestion?> FindAsync(string token, CancellationToken ct)
    {
        if (await LocateAsync(token, ct) is not { } found) return null;
        await using var db = databases.Create(found.TenantId);
        if (await LoadAsync(db, found.Id, ct) is not ({ } question, { } mail)) return null;
        var matter = await MatterAsync(db, question, ct);
        var office = await db.Committees.Where(c => c.Id == found.TenantId).Select(c => c.OfficeName).SingleAsync(ct);
        var rules = await settings.RulesAsync(db, matter.RulesVersion, ct);
        var read = matter.MailAllowed ? await reading.ReadAsync(mail, ct) : null;
        var words = read?.Text.ReplaceLineEndings(" ").Trim();
        return new(office, rules.OfficeContact, matter.Number, mail.ReceivedAt, question.NewAddress, read is null ? null : OpinionReply.Parse(read.Text).Stand,
            words is { Length: > FirstWords } ? words[..FirstWords] + "……" : words, question.Answer is { } answer ? answer == MailConfirmationRow.Yes : null,
            question.Answer is null && (clock.GetUtcNow() >= question.ExpiresAt || matter is not { Ending: null, Panel.ClosedAt: null }));
    }

    public async Task<MailAnswer?> AnswerAsync(string token, bool yes, string origin, CancellationToken ct)
    {
        if (await LocateAsync(token, ct) is not { } found) return null;
        MailConfirmationRow question;
        Actor expert;
        await using (var db = databases.Create(found.TenantId))
        {
            if (await LoadAsync(db, found.Id, ct) is not ({ } asked, not null)) return null;
            question = asked;
            expert = Actor.Expert(asked.ExpertId, await db.Experts.Where(e => e.Id == asked.ExpertId).Select(e => e.Name).SingleAsync(ct), origin);
        }

        var said = yes ? MailConfirmationRow.Yes : MailConfirmationRow.No;
        if (question.Answer is null)
        {
            if (clock.GetUtcNow() >= question.ExpiresAt) return MailAnswer.Expired;
            question = await LostRaces.AgainAsync(clock, () => WriteAsync(question, said, expert, ct), ct);
        }

        if (question.Answer != said) return MailAnswer.AnsweredBefore;
        return yes ? await ActAsync(question, expert, ct) : MailAnswer.Denied;
    }

    private async Task<TenantWork?> LocateAsync(string token, CancellationToken ct)
    {
        await using var anywhere = databases.Create(Guid.Empty);
        return await CrossTenant.FindConfirmationAsync(anywhere, ReplyTokens.HashOf(token), ct);
    }

    private static async Task<(MailConfirmationRow? Question, InboundMailRow? Mail)> LoadAsync(PanelDb db, Guid id, CancellationToken ct)
    {
        var question = await db.MailConfirmations.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        return (question, await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Id == question.MailId, ct));
    }

    private static async Task<Matter> MatterAsync(PanelDb db, MailConfirmationRow question, CancellationToken ct)
    {
        var state = await db.Matters.Where(m => db.Invitations.Any(i => i.Id == question.InvitationId && i.MatterId == m.Id)).Select(m => m.State).SingleAsync(ct);
        return JsonSerializer.Deserialize<Matter>(state, MatterCommands.Json) ?? throw new JsonException("A matter's state is empty.");
    }

    /// <summary>The answer, what it changes and its history, both or neither. Of two answers at once the first is the answer.</summary>
    /// <returns>The question as it is answered now.</returns>
    private async Task<MailConfirmationRow> WriteAsync(MailConfirmationRow question, string said, Actor expert, CancellationToken ct)
    {
        var now = HistoryChain.Storable(clock.GetUtcNow());
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(question.TenantId);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var won = await db.MailConfirmations.Where(c => c.Id == question.Id && c.Answer == null && c.ExpiresAt > now)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Answer, said).SetProperty(c => c.AnsweredAt, now), ct) == 1;
        if (won)
        {
            if (said == MailConfirmationRow.No)
                await db.InboundMails.Where(m => m.Id == question.MailId && m.State == MailJudgement.IsHeld).ExecuteUpdateAsync(s => s.SetProperty(m => m.Reason, ReplyMatcher.Denied), ct);
            else if (question.NewAddress is { } address)
                await RegisterAsync(db, question.ExpertId, address, expert, now, ct);
            await history.AppendAsync(db, expert, "answerMailQuestion", new { question.Id, question.Kind, Mail = question.MailId, question.InvitationId, Answer = said }, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return await db.MailConfirmations.AsNoTracking().SingleAsync(c => c.Id == question.Id, ct);
    }

    /// <summary>Another expert's address stays the other's; the answer is on record all the same.</summary>
    private async Task RegisterAsync(PanelDb db, Guid expertId, string address, Actor expert, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.ExpertAddresses.AnyAsync(a => a.Address == address, ct)) return;
        var card = await db.Experts.SingleAsync(e => e.Id == expertId, ct);
        card.Version++;
        db.ExpertAddresses.Add(new() { Id = Guid.CreateVersion7(), ExpertId = expertId, Address = address, VerifiedAt = now });
        await history.AppendAsync(db, expert, "registerAddress", new { expert = card.BankNumber, address, verifiedAt = now }, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<MailAnswer> ActAsync(MailConfirmationRow question, Actor expert, CancellationToken ct)
    {
        await replay.OneAsync(question.TenantId, question.MailId, expert, ct);
        if (question.NewAddress is { } address) await replay.FromAsync(question.TenantId, address, expert, ct);
        await using var db = databases.Create(question.TenantId);
        return await db.InboundMails.AnyAsync(m => m.Id == question.MailId && m.State == MailJudgement.IsCounted, ct) ? MailAnswer.Counted : MailAnswer.Recorded;
    }
}
