using System.Text.Json;
using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

public sealed class SampleMailTests
{
    public static IEnumerable<TheoryDataRow<string>> Names() => SampleMails.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_sample_mail_is_read_as_expected(string name)
    {
        using var expected = JsonDocument.Parse(SampleMails.Expected(name));

        var mail = await new MailReader().ReadAsync(SampleMails.Raw(name), ReadMailOptions.Default, TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(mail.ToJson());
        var beyondTheContract = JsonSerializer.SerializeToElement(new
        {
            failedRecipient = mail.FailedRecipient,
            originalMessageId = mail.OriginalMessageId,
            permanent = mail.PermanentFailure,
            dkim = mail.Authentication.Dkim,
            alignedDomain = mail.Authentication.AlignedDomain,
            attachments = mail.Attachments.Select(attachment => new { name = attachment.Name, type = attachment.Type }),
        });
        foreach (var field in expected.RootElement.EnumerateObject())
        {
            var actual = beyondTheContract.TryGetProperty(field.Name, out var value) ? value : json.RootElement.GetProperty(field.Name);
            Assert.Equal(Shown(field.Name, field.Value), Shown(field.Name, actual));
        }
    }

    [Fact]
    public async Task The_serialised_form_is_the_contract_and_nothing_more()
    {
        var mail = await new MailReader().ReadAsync(SampleMails.Raw("docx-rfc2231-continued-name"), ReadMailOptions.Default, TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(mail.ToJson());

        Assert.Equal("expertpanel.read-mail/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(
            ["schema", "kind", "verdict", "reason", "token", "from", "authentication", "messageId", "sha256", "subject", "text", "elided", "attachments"],
            Names(json.RootElement));
        Assert.Equal(["dkim", "alignedDomain"], Names(json.RootElement.GetProperty("authentication")));
        Assert.Equal(["name", "type", "size", "sha256"], Names(json.RootElement.GetProperty("attachments")[0]));
        Assert.Equal("letter-0001@panel.test", mail.InReplyTo);
        Assert.Equal(mail.Attachments[0].Size, mail.Attachments[0].Content.Length);
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static string Shown(string field, JsonElement value) => $"{field}: {JsonSerializer.Serialize(value, Readable)}";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
