using ExpertPanel.Server.Data;
using ExpertPanel.Server.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Whose mail it is, and the invitation and matter it seems to be about. It only files the mail; whether it counts is judged later.</summary>
public sealed record OwnedMail(Guid TenantId, Guid? InvitationId, Guid? MatterId);

/// <summary>Decides the committee: by the token, else by the letter that the mail refers to, else the committee that takes the rest.</summary>
public sealed class MailOwner(PanelDbFactory databases, IOptions<MailOptions> options)
{
    /// <exception cref="InvalidOperationException">Nobody takes the rest: the setting names no committee. The mail stays where it is.</exception>
    public async Task<OwnedMail> FindAsync(ReadMail mail, CancellationToken ct)
    {
        await using var anywhere = databases.Create(Guid.Empty);
        if (mail.Token is { } token && await CrossTenant.FindInvitationAsync(anywhere, ReplyTokens.HashOf(token)) is { } invited)
            return await OfInvitationAsync(invited);
        if (await FindLetterAsync(mail, ct) is { } letter) return new(letter.TenantId, letter.InvitationId, letter.MatterId);
        var code = options.Value.DefaultCommittee;
        var committee = await anywhere.Committees.Where(c => c.Code == code).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        return new(committee ?? throw new InvalidOperationException($"{MailOptions.Section}:DefaultCommittee: there is no committee {code}."), null, null);
    }

    /// <summary>The letter of ours that a bounce or reply names by Message-ID.</summary>
    public async Task<LetterRow?> FindLetterAsync(ReadMail mail, CancellationToken ct)
    {
        await using var anywhere = databases.Create(Guid.Empty);
        foreach (var id in new[] { mail.OriginalMessageId, mail.InReplyTo }.Concat(mail.References.Reverse()).OfType<string>().Distinct(StringComparer.Ordinal).Take(10))
        {
            var messageId = id.Trim().TrimStart('<').TrimEnd('>');
            if (await CrossTenant.FindLetterAsync(anywhere, messageId, ct) is not { } found) continue;
            await using var db = databases.Create(found.TenantId);
            return await db.Letters.AsNoTracking().SingleAsync(l => l.Id == found.Id, ct);
        }

        return null;
    }

    private async Task<OwnedMail> OfInvitationAsync(TenantWork invited)
    {
        await using var db = databases.Create(invited.TenantId);
        return new(invited.TenantId, invited.Id, await MailQueries.MatterOfAsync(db, invited.Id));
    }
}
