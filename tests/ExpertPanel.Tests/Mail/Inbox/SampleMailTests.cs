using System.Text.Json;
using System.Text.Json.Nodes;
using ExpertPanel.Server.Mail.Inbox;

namespace ExpertPanel.Tests.Mail.Inbox;

public sealed class SampleMailTests
{
    public static IEnumerable<TheoryDataRow<string>> Names() => SampleMails.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_sample_mail_is_read_as_expected(string name)
    {
        var expected = JsonNode.Parse(SampleMails.Expected(name)).AsObject();

        var mail = await new MailReader().ReadAsync(SampleMails.Raw(name), ReadMailOptions.Default, TestContext.Current.CancellationToken);

        var actual = JsonNode.Parse(mail.ToJson()).AsObject();
        foreach (var attachment in actual["attachments"].AsArray())
        {
            attachment.AsObject().Remove("size");
            attachment.AsObject().Remove("sha256");
        }

        actual["failedRecipient"] = mail.FailedRecipient;
        actual["originalMessageId"] = mail.OriginalMessageId;
        actual["permanent"] = mail.PermanentFailure;
        actual["dkim"] = actual["authentication"]["dkim"].GetValue<string>();
        actual["alignedDomain"] = mail.Authentication.AlignedDomain;
        foreach (var field in expected.Select(pair => pair.Key)) Assert.Equal(Shown(expected[field]), Shown(actual[field]));
    }

    [Fact]
    public async Task The_serialised_form_is_the_contract_and_nothing_more()
    {
        var mail = await new MailReader().ReadAsync(SampleMails.Raw("docx-rfc2231-continued-name"), ReadMailOptions.Default, TestContext.Current.CancellationToken);

        var json = JsonNode.Parse(mail.ToJson()).AsObject();

        Assert.Equal("expertpanel.read-mail/1", json["schema"].GetValue<string>());
        Assert.Equal(
            ["schema", "kind", "verdict", "reason", "token", "from", "authentication", "messageId", "sha256", "subject", "text", "elided", "attachments"],
            json.Select(pair => pair.Key));
        Assert.Equal(["dkim", "alignedDomain"], json["authentication"].AsObject().Select(pair => pair.Key));
        Assert.Equal(["name", "type", "size", "sha256"], json["attachments"][0].AsObject().Select(pair => pair.Key));
        Assert.Equal("letter-0001@panel.test", mail.InReplyTo);
        Assert.Equal(mail.Attachments[0].Size, mail.Attachments[0].Content.Length);
    }

    private static string Shown(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
}
