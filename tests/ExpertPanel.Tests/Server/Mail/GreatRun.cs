using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using ExpertPanel.Workflows.Reviews;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Security;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>One mail of the run and what it must lead to.</summary>
/// <param name="Opinion">The opinion's text; null for what is none.</param>
public sealed record RunMail(string MessageId, Guid MatterId, Guid InvitationId, string To, byte[] Raw, string? Opinion, bool Declines)
{
    /// <summary>The same mail on another way: other bytes before the same contents.</summary>
    public byte[] Rewrapped => [.. Encoding.ASCII.GetBytes($"Received: from relay.example.test (192.0.2.7)\r\n\tby mx.panel.test; Fri, 26 Sep 2014 09:00:00 +0800\r\n"), .. Raw];
}

/// <summary>What a province's experts write in a year, seeded: opinions, refusals, and what is neither.</summary>
public sealed class GreatRun(TestPanel panel, SeededChance chance)
{
    private const int Seats = 15;
    private const string Domain = "example.test";

    private readonly RSA key = RSA.Create(2048);

    /// <summary>The experts' provider signs what they send; the program finds its key in a file.</summary>
    public string DkimKey => $"s1._domainkey.{Domain} TXT \"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}\"";

    /// <summary>The bank's terms are moved to today, for the program that reads the mails has no other clock.</summary>
    public static async Task<TestPanel> PanelTodayAsync()
    {
        var panel = await TestPanel.CreateAsync(experts: 370);
        await using var db = panel.Open();
        await db.Experts.ExecuteUpdateAsync(s => s.SetProperty(e => e.TermFrom, new DateOnly(2014, 1, 1)).SetProperty(e => e.TermTo, new DateOnly(2099, 12, 31)));
        panel.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        return panel;
    }

    public async Task<IReadOnlyList<RunMail>> WriteAsync(int mails)
    {
        var (opinions, declines) = (mails * 64 / 100, mails * 5 / 100);
        var asked = new List<(Matter Matter, Invitation Invitation)>();
        while (asked.Count < opinions + declines)
        {
            var matter = await AskedAsync();
            asked.AddRange(matter.Panel!.Invitations.Select(invitation => (matter, invitation))); // Drawn just now.
        }

        Dictionary<Guid, string> addresses;
        await using (var db = panel.Open()) addresses = await db.ExpertAddresses.Where(a => a.Primary).ToDictionaryAsync(a => a.ExpertId, a => a.Address);
        var written = new List<RunMail>();
        for (var number = 0; number < mails; number++)
        {
            var (matter, invitation) = asked[number < opinions + declines ? number : chance.Next(opinions)];
            written.Add(Mail(number, matter, invitation, addresses[invitation.ExpertId], number < opinions ? "opinion" : number < opinions + declines ? "decline" : new[] { "away", "question", "stranger", "nobody's" }[chance.Next(4)]));
        }

        return written;
    }

    private RunMail Mail(int number, Matter matter, Invitation invitation, string from, string kind)
    {
        var (id, reason) = ($"run-{number}@example.test", $"第{number}条没有上位法依据，建议删去。");
        var to = ReplyAddress.Format("opinions@panel.test", kind == "nobody's" ? "aaaaaaaaaaaaaaaaaaaaaaaaaa" : panel.Tokens.TokenOf(panel.TenantId, invitation.Id));
        var text = kind switch
        {
            "opinion" => $"意见：修改后合法\r\n理由：{reason}\r\n",
            "decline" => "谢绝。近期在外出差，不便参加。\r\n",
            "question" => $"请问第{number}条何意？\r\n",
            _ => "意见：合法\r\n",
        };
        var raw = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: {(kind == "stranger" ? "somebody@elsewhere.test" : from)}\r\nTo: {to}\r\nMessage-ID: <{id}>\r\nSubject: Re: {number}\r\nDate: Fri, 26 Sep 2014 09:00:00 +0800\r\nMIME-Version: 1.0\r\n")
            .Append(kind == "away" ? "Auto-Submitted: auto-replied (vacation)\r\n" : "");
        if (number % 10 == 0)
        {
            var pdf = Convert.ToBase64String(Encoding.ASCII.GetBytes($"%PDF-1.7\n{number}\n{new string('x', chance.Next(20_000))}\n%%EOF\n"), Base64FormattingOptions.InsertLineBreaks);
            raw.Append("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").Append(text)
                .Append("--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=opinion.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n").Append(pdf).Append("\r\n--b--\r\n");
        }
        else
        {
            raw.Append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").Append(text);
        }

        return new(id, matter.Id, invitation.Id, to, Signed(Encoding.UTF8.GetBytes(raw.ToString())), kind == "opinion" ? reason : null, kind == "decline");
    }

    private byte[] Signed(byte[] raw)
    {
        using var message = MimeMessage.Load(new MemoryStream(raw));
        var signer = new DkimSigner(DotNetUtilities.GetRsaKeyPair(key).Private, Domain, "s1", DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        signer.Sign(format, message, [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.MessageId, HeaderId.ContentType]);
        using var signed = new MemoryStream();
        message.WriteTo(format, signed);
        return signed.ToArray();
    }

    private async Task<Matter> AskedAsync()
    {
        var matter = await Stage.UnderReviewAsync(panel, Stage.Registration() with { Specialties = null, ReceivedAt = panel.Clock.GetUtcNow() });
        await panel.MustAsync(matter.Id, new RecordFindings("权限合法", "程序完备", "内容待议"), People.Handler);
        matter = await panel.MustAsync(matter.Id, new PrepareDraw([.. Enumerable.Repeat(new SeatAsked(null, false), Seats)], "是否合法？"), People.Handler);
        return await Stage.DrawnAsync(panel, matter);
    }
}
