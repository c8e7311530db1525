using System.Security.Cryptography;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Seeding;
using ExpertPanel.Tests.Server.Mail;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ExpertPanel.Tests.Mail.Forgery;

/// <summary>
/// What a forger may know at worst: every token, every registered address, mails that were truly signed. What a forger has not got is the
/// key of the expert's mail domain, and the expert's mailbox.
/// </summary>
internal sealed class ForgeryScene : IAsyncDisposable
{
    private ForgeryScene(MailPanel mail, Matter matter, Matter other, Matter secret, string foreignToken) =>
        (Mail, Matter, Other, Secret, ForeignToken) = (mail, matter, other, secret, foreignToken);

    public static RSA DomainKey { get; } = RSA.Create(2048);

    public static RSA ForgersKey { get; } = RSA.Create(2048);

    public MailPanel Mail { get; }

    public Matter Matter { get; }

    public Matter Other { get; }

    /// <summary>Its contents may not travel by mail.</summary>
    public Matter Secret { get; }

    /// <summary>A token of another committee's invitation.</summary>
    public string ForeignToken { get; }

    public Invitation Victim => Matter.Panel!.Invitations[0];

    public Invitation Neighbour => Matter.Panel!.Invitations[1];

    public string Address { get; private set; } = "";

    public string NeighbourAddress { get; private set; } = "";

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public string Local => Address[..Address.IndexOf('@', StringComparison.Ordinal)];

    public static async Task<ForgeryScene> CreateAsync(string policy)
    {
        var mail = await MailPanel.CreateAsync(more: s => s.AddSingleton<IDkimKeys>(Keys()));
        await mail.DecideAsync("mail.unsignedSender", policy);
        var matter = await mail.AskedAsync();
        var scene = new ForgeryScene(mail, matter, await mail.AskedAsync(), await mail.AskedAsync(Stage.Registration() with { Secrecy = SecrecyLevel.WorkSecret, MailAllowed = false }), await ForeignAsync(mail));
        scene.Address = await mail.AddressOfAsync(scene.Victim);
        scene.NeighbourAddress = await mail.AddressOfAsync(scene.Neighbour);
        return scene;
    }

    public string To(Invitation invitation) => To(Mail.Panel.Tokens.TokenOf(Mail.Panel.TenantId, invitation.Id));

    public static string To(string token) => $"opinions+r-{token}@panel.test";

    public ValueTask DisposeAsync() => Mail.DisposeAsync();

    /// <summary>The experts' domain is example.test; the forger owns evil.test and look-alikes.</summary>
    private static FileDkimKeys Keys()
    {
        var (own, forged) = (Convert.ToBase64String(DomainKey.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(ForgersKey.ExportSubjectPublicKeyInfo()));
        return new([
            $"s1._domainkey.example.test TXT \"v=DKIM1; k=rsa; p={own}\"",
            $"trial._domainkey.example.test TXT \"v=DKIM1; k=rsa; t=y; p={own}\"",
            $"trial2._domainkey.example.test TXT \"v=DKIM1; k=rsa; t=s:y; p={own}\"",
            "gone._domainkey.example.test TXT \"v=DKIM1; k=rsa; p=\"",
            $"tls._domainkey.example.test TXT \"v=DKIM1; k=rsa; s=tlsrpt; p={own}\"",
            $"s1._domainkey.evil.test TXT \"v=DKIM1; k=rsa; p={forged}\"",
            $"s1._domainkey.examp1e.test TXT \"v=DKIM1; k=rsa; p={forged}\"",
            $"s1._domainkey.example.test.evil.test TXT \"v=DKIM1; k=rsa; p={forged}\"",
            $"s1._domainkey.test TXT \"v=DKIM1; k=rsa; p={forged}\"",
        ]);
    }

    private static async Task<string> ForeignAsync(MailPanel mail)
    {
        var tenant = Guid.CreateVersion7();
        await using (var db = mail.Panel.Databases.Create(Guid.Empty))
        {
            db.Committees.Add(new() { Id = tenant, Code = "620100", Place = "兰州市", OfficeName = "兰州市人民政府法制办公室", Level = "city" });
            await db.SaveChangesAsync();
        }

        await using var own = mail.Panel.Databases.Create(tenant);
        await CommitteeSetup.AdoptDefaultsAsync(own, await own.Committees.SingleAsync(c => c.Id == tenant), SeedFiles.BesideProgram, TestPanel.Start, CancellationToken.None);
        own.Experts.Add(new ExpertRow { Id = Guid.CreateVersion7(), BankNumber = "L0001", Name = "外地专家", Addresses = [new() { Id = Guid.CreateVersion7(), TenantId = tenant, Address = "foreign@example.test", Primary = true }] });
        await own.SaveChangesAsync();
        var invitation = Guid.CreateVersion7();
        own.Invitations.Add(new() { Id = invitation, MatterId = Guid.CreateVersion7(), ExpertId = await own.Experts.Select(e => e.Id).SingleAsync(), State = nameof(InvitationState.Invited), InvitedAt = TestPanel.Start, TokenHash = mail.Panel.Tokens.HashOf(tenant, invitation) });
        await own.SaveChangesAsync();
        return mail.Panel.Tokens.TokenOf(tenant, invitation);
    }
}
