using System.Text;
using System.Text.Json;
using ExpertPanel.Server.Data;
using ExpertPanel.Server.Mail;
using ExpertPanel.Server.Mail.Letters;
using ExpertPanel.Server.Processes;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Matters;
using ExpertPanel.Workflows.Rules;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace ExpertPanel.Tests.Server.Mail;

public sealed class LetterTests
{
    private const string Canary = "金丝雀";
    private const string Token = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>Every fact that any letter is ordered with; texts carry the canary.</summary>
    private static readonly Dictionary<string, string> Facts = new()
    {
        ["answerBy"] = "2014-09-28", ["due"] = "2014-10-09", ["starts"] = "2014-10-10 15:00", ["number"] = "甘政法函〔2014〕1号", ["days"] = "10",
        ["questions"] = $"{Canary}问题一\n{Canary}问题二", ["reason"] = $"{Canary}理由", ["text"] = $"{Canary}说明", ["properBody"] = $"{Canary}机关",
        ["items"] = $"{Canary}材料甲\n{Canary}材料乙", ["until"] = $"{Canary}条件", ["question"] = $"{Canary}征求", ["place"] = $"{Canary}会议室", ["agenda"] = $"{Canary}议题",
    };

    public static TheoryData<string> Kinds => [.. LetterKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_confidential_matters_letter_says_nothing_of_it(string kind)
    {
        using var message = await ComposeAsync(kind, mailAllowed: false);

        foreach (var text in Texts(message))
        {
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)), text, StringComparison.Ordinal);
        }

        Assert.Contains("620000-2014-0001", message.Subject, StringComparison.Ordinal);
        Assert.Contains("620000-2014-0001", message.TextBody, StringComparison.Ordinal);
        Assert.All(message.Attachments.OfType<MimePart>(), part =>
        {
            Assert.Equal("text/calendar", part.ContentType.MimeType);
            using var bytes = new MemoryStream();
            part.Content!.DecodeTo(bytes); // An attachment has contents.
            Assert.DoesNotContain(Canary, Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_open_matters_letter_names_it_in_subject_text_and_page(string kind)
    {
        using var message = await ComposeAsync(kind, mailAllowed: true);

        Assert.Contains($"{Canary}标题", message.Subject, StringComparison.Ordinal);
        Assert.Contains($"{Canary}标题", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("620000-2014-0001", System.Net.WebUtility.HtmlDecode(message.HtmlBody), StringComparison.Ordinal);
        Assert.Contains($"{Canary}标题", System.Net.WebUtility.HtmlDecode(message.HtmlBody), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_letter_carries_what_keeps_machines_from_answering_it(string kind)
    {
        using var message = await ComposeAsync(kind, mailAllowed: true);

        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.NotNull(message.Headers["X-ExpertPanel-Loop"]);
        Assert.Equal("one@panel.test", message.MessageId);
        Assert.Equal("opinions@panel.test", message.From.Mailboxes.Single().Address);
        Assert.Equal("甘肃省人民政府法制办公室", message.From.Mailboxes.Single().Name);
        Assert.All(Wire(message).Split("\r\n"), line => Assert.True(line.Length <= 998 && line.All(char.IsAscii)));
    }

    [Fact]
    public async Task The_consultation_letter_names_the_link_the_dates_and_the_ways_to_answer()
    {
        using var message = await ComposeAsync(LetterKinds.Consultation, mailAllowed: true);

        Assert.Contains($"https://panel.test/r/{Token}", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("2014年9月28日", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("2014年10月9日", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("\n意见：合法 / 修改后合法 / 不合法 / 弃权（请只保留一项）\n理由：\n修改建议：\n", Text(message).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal($"opinions+r-{Token}@panel.test", message.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("专家咨询函（620000-2014-0001）.docx", Assert.Single(message.Attachments.OfType<MimePart>(), a => a.ContentType.MediaType != "text").FileName);
    }

    [Fact]
    public async Task A_meetings_calendar_entry_stands_at_its_hour_in_China()
    {
        using var message = await ComposeAsync(LetterKinds.MeetingNotice, mailAllowed: true);
        using var bytes = new MemoryStream();
        message.Attachments.OfType<MimePart>().Single().Content!.DecodeTo(bytes); // An attachment has contents.

        Assert.Contains("DTSTART:20141010T070000Z", Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confidential_consultation_letter_asks_for_no_answer_by_mail()
    {
        using var message = await ComposeAsync(LetterKinds.Consultation, mailAllowed: false);

        Assert.Contains($"https://panel.test/r/{Token}", message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("意见：合法", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("请不要用邮件回复", message.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task The_opinion_travels_only_where_contents_may(bool mailAllowed, int attachments)
    {
        var opinion = new DocumentFile($"{Canary}意见书.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [1, 2, 3]);
        using var message = await ComposeAsync(LetterKinds.OpinionDelivery, mailAllowed, opinion);

        Assert.Equal(attachments, message.Attachments.Count());
        Assert.Equal(!mailAllowed, Text(message).Contains("纸质送达", StringComparison.Ordinal));
        Assert.Contains("甘政法函〔2014〕1号", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_belongs_to_its_consultation_letter()
    {
        using var message = await ComposeAsync(LetterKinds.ConsultationReminder, mailAllowed: true);

        Assert.Equal("first@panel.test", message.InReplyTo);
        Assert.Equal(["first@panel.test"], message.References);
    }

    [Fact]
    public async Task The_same_letter_is_the_same_bytes_at_every_attempt()
    {
        using var first = await ComposeAsync(LetterKinds.Consultation, mailAllowed: true);
        using var second = await ComposeAsync(LetterKinds.Consultation, mailAllowed: true);

        Assert.Equal(Wire(first), Wire(second));
    }

    [Fact]
    public async Task Line_breaks_in_a_title_make_no_header_and_markup_makes_no_page()
    {
        using var message = await ComposeAsync(LetterKinds.SupplementNotice, mailAllowed: true, title: "标题\r\nBcc: evil@evil.test\r\n\r\n<script>alert(1)</script>");

        Assert.Empty(message.Bcc);
        Assert.DoesNotContain("\r\nBcc:", Wire(message), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", message.HtmlBody, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<MimeMessage> ComposeAsync(string kind, bool mailAllowed, DocumentFile? opinion = null, string title = $"{Canary}标题")
    {
        var toExpert = kind is LetterKinds.Consultation or LetterKinds.ConsultationReminder or LetterKinds.Thanks or LetterKinds.InvitationWithdrawn
            or LetterKinds.RoundExtended or LetterKinds.MeetingNotice;
        var row = new LetterRow
        {
            Id = new Guid("00000000-0000-7000-8000-000000000001"),
            Kind = kind,
            ToName = toExpert ? "示例专家001" : $"{Canary}收件人",
            ToAddress = "someone@example.test",
            ExpertId = toExpert ? Guid.CreateVersion7() : null,
            InvitationId = toExpert ? Guid.Parse("01900000-0000-7000-8000-000000000002") : null,
            Facts = JsonSerializer.Serialize(Facts, MatterCommands.Json),
            MessageId = "one@panel.test",
            CreatedAt = TestPanel.Start,
        };
        var matter = Matter.Unborn with
        {
            Number = "620000-2014-0001",
            MailAllowed = mailAllowed,
            Submission = Matter.Unborn.Submission with { Title = title, SponsoringUnit = $"{Canary}单位", Materials = [$"{Canary}材料"] },
        };
        var (rules, _) = CommitteeRules.Read(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "seeds", "rules", "default.json")));
        var extras = new LetterExtras(toExpert ? Token : null, toExpert && kind != LetterKinds.Consultation ? "first@panel.test" : null, opinion);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddMail(MailPanel.Settings(Path.GetTempPath(), smtpPort: null)).BuildServiceProvider();
        return await services.GetRequiredService<LetterComposer>().ComposeAsync(row, matter, rules ?? throw new InvalidOperationException(), extras);
    }

    private static string Text(MimeMessage message) => message.TextBody ?? throw new InvalidOperationException("The letter has no plain text.");

    private static IEnumerable<string> Texts(MimeMessage message) =>
        [message.Subject ?? "", Text(message), System.Net.WebUtility.HtmlDecode(message.HtmlBody) ?? "", Wire(message), .. message.To.Mailboxes.Select(m => m.Name ?? ""), .. message.Headers.Select(h => h.Value)];

    private static string Wire(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var raw = new MemoryStream();
        message.WriteTo(format, raw);
        return Encoding.Latin1.GetString(raw.ToArray());
    }
}
