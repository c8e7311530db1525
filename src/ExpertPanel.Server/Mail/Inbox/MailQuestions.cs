using System.Globalization;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Letters;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Asks an expert about a held mail: one letter for one mail, to an address that is registered. The question and the letter are one
/// transaction; a second question about the same mail is none.
/// </summary>
public sealed class MailQuestions(PanelDbFactory databases, ReplyTokens tokens, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Whoever holds a stolen token could fill the expert's mailbox with questions.</summary>
    private const int MostADay = 3;

    public enum Asked
    {
        Now,
        Before,
        TooOften,
    }

    /// <param name="to">The registered address that is asked.</param>
    /// <param name="newAddress">The address to be registered; null where the question is about the mail alone.</param>
    public async Task<Asked> AskAsync(InboundMailRow mail, InvitationRow invitation, string expertName, string to, string? newAddress, Func<PanelDb, Task>? also, CancellationToken ct)
    {
        var kind = newAddress is null ? MailConfirmationRow.OfMail : MailConfirmationRow.OfAddress;
        var now = HistoryChain.Storable(clock.GetUtcNow());
        var today = ChinaTime.At(ChinaTime.LocalDate(now), 0);
        using var turn = await databases.Gate.EnterAsync(ct);
        await using var db = databases.Create(mail.TenantId);
        if (await db.MailConfirmations.AnyAsync(c => c.MailId == mail.Id && c.Kind == kind, ct)) return Asked.Before;
        if (await db.MailConfirmations.CountAsync(c => c.InvitationId == invitation.Id && c.AskedAt >= today, ct) >= MostADay) return Asked.TooOften;

        var (question, letter) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [LetterSource.QuestionFact] = question.ToString(),
            ["received"] = mail.ReceivedAt.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        };
        if (newAddress is not null) facts["address"] = newAddress;
        db.MailConfirmations.Add(new()
        {
            Id = question,
            MailId = mail.Id,
            Kind = kind,
            InvitationId = invitation.Id,
            ExpertId = invitation.ExpertId,
            NewAddress = newAddress,
            TokenHash = ReplyTokens.HashOf(tokens.ConfirmationOf(mail.TenantId, question)),
            AskedAt = now,
            ExpiresAt = HistoryChain.Storable(ChinaTime.EndOfDay(invitation.Due)),
        });
        db.Letters.Add(new()
        {
            Id = letter,
            MatterId = invitation.MatterId,
            InvitationId = invitation.Id,
            ExpertId = invitation.ExpertId,
            Kind = newAddress is null ? LetterKinds.MailConfirmation : LetterKinds.AddressConfirmation,
            ToName = expertName,
            ToAddress = to,
            Facts = JsonSerializer.Serialize(facts, MatterCommands.Json),
            MessageId = $"{letter:N}@{options.Value.Domain}",
            CreatedAt = now,
            NextAttemptAt = now,
        });
        if (also is not null) await also(db);
        try
        {
            await db.SaveChangesAsync(ct);
            return Asked.Now;
        }
        catch (DbUpdateException race) when (DatabaseFaults.IsRace(race))
        {
            db.ChangeTracker.Clear();
            if (await db.MailConfirmations.AnyAsync(c => c.MailId == mail.Id && c.Kind == kind, ct)) return Asked.Before;
            throw;
        }
    }
}
