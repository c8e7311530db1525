using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail.Inbox;
using ExpertPanel.Server.Screening;
using ExpertPanel.Tests.Fixtures;
using ExpertPanel.Tests.Server.Reply;
using ExpertPanel.Tests.Server.Screening;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Panels;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

/// <summary>What becomes of a mail's files, with a real scanner and without one.</summary>
public sealed class ScannedMailTests(PostgresServer postgres)
{
    private const string Opinion = "意见：合法\n理由：有依据。";

    [Fact]
    public async Task Found_clean_the_file_is_given_out_and_infected_the_mail_is_held_and_neither_is()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        await using var mail = await MailPanel.CreateAsync(scanner: clam.Address);
        var (matter, invitation) = await AskedAsync(mail);

        Assert.Equal("counted", (await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, Attach("意见.pdf", UploadSamples.Pdf)))).State);
        var infected = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, Attach("意见.docx", Infected())));

        Assert.Equal(("held", "attachment-infected"), (infected.State, infected.Reason));
        Assert.Null(await mail.Pen.RawAsync(mail.Panel.TenantId, infected.Id, ct));
        var shown = await mail.Pen.ShowAsync(mail.Panel.TenantId, infected.Id, null, ct);
        Assert.Equal((ScanState.Infected, ClamServer.Find), (shown!.Scan, shown.ScanFind));
        await using (var db = mail.Panel.Open()) Assert.Equal((ScanState.Clean, true), await db.Files.Select(f => new ValueTuple<string, bool>(f.Scan, f.ScannedAt != null)).SingleAsync(ct));

        // A person takes what it says; the file stays as evidence and is never given out.
        Assert.Null(await mail.Pen.AcceptAsync(mail.Panel.TenantId, infected.Id, new(invitation.Id, OpinionStand.Unlawful, Note: "正文可以采用"), People.Secretariat, ct));
        var file = (await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions[^1].Files.Single();
        var state = (await mail.Panel.Get<FileStates>().OfMatterAsync(mail.Panel.TenantId, matter.Id, ct))[file.Id];
        Assert.Equal((ScanState.Infected, ClamServer.Find, false), (state.Scan, state.Find, state.MayServe));
    }

    [Fact]
    public async Task While_the_scanner_is_down_the_opinion_counts_and_its_file_waits_and_is_scanned_later()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        await using var mail = await MailPanel.CreateAsync(scanner: clam.Address);
        var (matter, invitation) = await AskedAsync(mail);
        await clam.StopAsync();

        var clean = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, Attach("意见.pdf", UploadSamples.Pdf)));
        var infected = await mail.ReceiveAsync(await mail.ReplyAsync(matter.Panel!.Invitations[1], Opinion, Attach("意见.docx", Infected())));

        Assert.Equal(("counted", "counted"), (clean.State, infected.State));
        Assert.Equal([ScanState.Waiting, ScanState.Waiting], await StatesAsync());
        Assert.Null(await mail.Pen.RawAsync(mail.Panel.TenantId, clean.Id, ct));
        Assert.DoesNotContain(await mail.Panel.Get<FileStates>().OfMatterAsync(mail.Panel.TenantId, matter.Id, ct), f => f.Value.MayServe);

        // Still down: put off, not lost.
        Assert.Equal((0, 0), (await mail.Panel.Get<FileRescan>().RunAsync(20, ct), await mail.Panel.Get<MailRescan>().RunAsync(20, ct)));
        await clam.StartAgainAsync(ct);
        mail.Panel.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((2, 2), (await mail.Panel.Get<FileRescan>().RunAsync(20, ct), await mail.Panel.Get<MailRescan>().RunAsync(20, ct)));
        Assert.Equal((0, 0), (await mail.Panel.Get<FileRescan>().RunAsync(20, ct), await mail.Panel.Get<MailRescan>().RunAsync(20, ct)));

        Assert.Equal([ScanState.Clean, ScanState.Infected], await StatesAsync());
        Assert.NotNull(await mail.Pen.RawAsync(mail.Panel.TenantId, clean.Id, ct));
        Assert.Null(await mail.Pen.RawAsync(mail.Panel.TenantId, infected.Id, ct));

        async Task<List<string>> StatesAsync()
        {
            await using var db = mail.Panel.Open();
            return await db.Files.OrderBy(f => f.Scan).Select(f => f.Scan).ToListAsync(ct);
        }
    }

    [Fact]
    public async Task A_node_that_has_taken_a_file_keeps_it_from_another_until_the_pause_is_over()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        await using var mail = await MailPanel.CreateAsync(scanner: clam.Address);
        var (_, invitation) = await AskedAsync(mail);
        await clam.StopAsync();
        await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, Attach("意见.pdf", UploadSamples.Pdf)));
        Assert.Equal(0, await mail.Panel.Get<FileRescan>().RunAsync(20, ct));

        await clam.StartAgainAsync(ct);

        Assert.Equal(0, await mail.Panel.Get<FileRescan>().RunAsync(20, ct));
        mail.Panel.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await mail.Panel.Get<FileRescan>().RunAsync(20, ct));
    }

    [Fact]
    public async Task On_PostgreSQL_two_nodes_scan_each_waiting_file_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var clam = await ClamServer.StartAsync(ct);
        var database = await postgres.CreateDatabaseAsync();
        await TwoNodesAsync(clam, database.ConnectionString, ct);
        await database.DropAsync();
    }

    private static async Task TwoNodesAsync(ClamServer clam, string connectionString, CancellationToken ct)
    {
        await using var mail = await MailPanel.CreateAsync(connectionString: connectionString, scanner: clam.Address);
        var (matter, _) = await AskedAsync(mail);
        await clam.StopAsync();
        foreach (var invitation in matter.Panel!.Invitations.Take(3))
            await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, Attach("意见.pdf", [.. UploadSamples.Pdf, .. invitation.Id.ToByteArray()])));
        await clam.StartAgainAsync(ct);

        var rounds = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => mail.Panel.Get<FileRescan>().RunAsync(20, ct), ct)));

        Assert.Equal(3, rounds.Sum());
        Assert.Equal(3, await mail.Panel.Get<MailRescan>().RunAsync(20, ct));
        await using var db = mail.Panel.Open();
        Assert.Equal(3, await db.Files.CountAsync(f => f.Scan == ScanState.Clean && f.ScannedAt != null, ct));
    }

    [Theory]
    [InlineData("bomb", "attachment-barred:ratio", FileFault.Ratio)]
    [InlineData("entity", "attachment-barred:dtd", FileFault.Dtd)]
    [InlineData("zips", "attachment-barred:nested", FileFault.Nested)]
    [InlineData("program", "attachment-type", FileFault.Kind)]
    public async Task A_hostile_file_holds_the_mail_and_stays_unserved_and_the_next_mail_is_handled(string kind, string reason, string fault)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var content = kind switch
        {
            "bomb" => HostileFiles.Bomb(400_000_000),
            "entity" => HostileFiles.Utf16Doctype(),
            "zips" => HostileFiles.Nested(3),
            _ => UploadSamples.Exe,
        };
        var began = TimeProvider.System.GetTimestamp();

        var held = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, Attach("意见.docx", content)));

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        Assert.Equal(("held", reason), (held.State, held.Reason));
        var shown = await mail.Pen.ShowAsync(mail.Panel.TenantId, held.Id, null, ct);
        Assert.Equal((false, fault), (shown!.Attachments[0].Counts, shown.Attachments[0].Fault));
        Assert.Equal("counted", (await mail.ReceiveAsync(await mail.ReplyAsync(matter.Panel!.Invitations[1], Opinion))).State);

        Assert.Null(await mail.Pen.AcceptAsync(mail.Panel.TenantId, held.Id, new(invitation.Id, OpinionStand.Lawful, Note: "正文完整"), People.Secretariat, ct));
        await using var db = mail.Panel.Open();
        Assert.Equal((ScanState.Barred, fault), await db.Files.Select(f => new ValueTuple<string, string?>(f.Scan, f.ScanFind)).SingleAsync(ct));
    }

    [Fact]
    public async Task Several_kinds_of_paper_count_and_macros_are_marked()
    {
        await using var mail = await MailPanel.CreateAsync();
        var (matter, invitation) = await AskedAsync(mail);
        var macros = HostileFiles.Zip(("word/document.xml", "<x/>"u8.ToArray()), ("word/vbaProject.bin", [1, 2, 3]));

        var received = await mail.ReceiveAsync(await mail.ReplyAsync(invitation, Opinion, m => m.Body = new BodyBuilder
        {
            TextBody = Opinion,
            Attachments = { { "意见.docm", macros }, { "依据.txt", "第三条"u8.ToArray() }, { "材料.zip", HostileFiles.Zip(("a.pdf", UploadSamples.Pdf)) } },
        }.ToMessageBody()));

        Assert.Equal("counted", received.State);
        var states = await mail.Panel.Get<FileStates>().OfMatterAsync(mail.Panel.TenantId, matter.Id, default);
        Assert.Equal([true, false, false], (await mail.InvitationAsync(matter.Id, invitation.Id)).Opinions[0].Files.Select(f => states[f.Id].HasMacros));
        Assert.All(states.Values, s => Assert.Equal((true, "Scan.none"), (s.MayServe, s.Key)));
    }

    private static byte[] Infected() => HostileFiles.Zip(("word/document.xml", "<x/>"u8.ToArray()), ("word/media/a.bin", ClamServer.Eicar));

    private static Action<MimeMessage> Attach(string name, byte[] content) => message => message.Body = new BodyBuilder { TextBody = Opinion, Attachments = { { name, content } } }.ToMessageBody();

    private static async Task<(Matter Matter, Invitation Invitation)> AskedAsync(MailPanel mail)
    {
        var matter = await mail.AskedAsync();
        return (matter, matter.Panel!.Invitations[0]);
    }
}
