using System.Security.Cryptography;
using System.Text;
using ExpertPanel.Server.Mail.Inbox;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

public sealed class DkimTests
{
    private static readonly RSA Key = RSA.Create(2048);

    [Theory]
    [InlineData("example.cn")]
    [InlineData("mail.example.cn")]
    public async Task A_signature_of_the_senders_domain_or_one_below_it_passes_and_is_aligned(string domain)
    {
        var mail = await ReadAsync(Signed(domain), domain);

        Assert.Equal(new MailAuthentication(DkimResult.Pass, domain), mail.Authentication);
    }

    [Fact]
    public async Task Somebody_elses_signature_passes_but_speaks_for_nobody_here()
    {
        Assert.Equal(new MailAuthentication(DkimResult.Pass, AlignedDomain: null), (await ReadAsync(Signed("evil.test"), "evil.test")).Authentication);
    }

    [Fact]
    public async Task A_changed_body_fails()
    {
        var raw = Encoding.UTF8.GetString(Signed("example.cn")).Replace("I agree", "I disagree", StringComparison.Ordinal);

        Assert.Equal(DkimResult.Fail, (await ReadAsync(Encoding.UTF8.GetBytes(raw), "example.cn")).Authentication.Dkim);
    }

    [Fact]
    public async Task A_changed_sender_fails()
    {
        var raw = Encoding.UTF8.GetString(Signed("example.cn")).Replace("From: rev1@", "From: rev2@", StringComparison.Ordinal);

        Assert.Equal(DkimResult.Fail, (await ReadAsync(Encoding.UTF8.GetBytes(raw), "example.cn")).Authentication.Dkim);
    }

    [Fact]
    public async Task Without_the_key_there_is_no_result()
    {
        var mail = await new MailReader().ReadAsync(Signed("example.cn"), ReadMailOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(MailAuthentication.None, mail.Authentication);
    }

    [Fact]
    public async Task A_true_signature_over_the_beginning_of_the_body_does_not_pass()
    {
        // Signed by hand, for no honest signer writes l=. What stands below the signed length is anybody's.
        const string Signed = "I agree.\r\n";
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Signed)));
        var tags = $"v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.cn; s=s1; l={Signed.Length}; h=from; bh={hash}; b=";
        var signature = Key.SignData(Encoding.ASCII.GetBytes($"from:rev1@example.cn\r\ndkim-signature:{tags}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var raw = Encoding.ASCII.GetBytes($"DKIM-Signature: {tags}{Convert.ToBase64String(signature)}\r\nFrom: rev1@example.cn\r\n\r\n{Signed}I do not.\r\n");

        using var stream = new MemoryStream(raw);
        var message = await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken);
        Assert.True(await new DkimVerifier(new OneKey()).VerifyAsync(message, message.Headers[0], TestContext.Current.CancellationToken), "The trap must be a valid signature.");
        Assert.Equal(DkimResult.Fail, (await ReadAsync(raw, "example.cn")).Authentication.Dkim);
    }

    [Theory]
    [InlineData("example.cn", "example.cn", true)]
    [InlineData("EXAMPLE.cn", "example.CN", true)]
    [InlineData("mail.example.cn", "example.cn", true)]
    [InlineData("example.cn", "law.example.cn", true)]
    [InlineData("other.cn", "example.cn", false)]
    [InlineData("ample.cn", "example.cn", false)]
    [InlineData("gov.cn", "lanzhou.gov.cn", false)]
    [InlineData("gs.cn", "office.gs.cn", false)]
    [InlineData("cn", "example.cn", false)]
    [InlineData("example.cn", null, false)]
    public void Alignment_is_relaxed_but_never_by_a_shared_ending(string signing, string? from, bool aligned)
    {
        Assert.Equal(aligned, DkimCheck.IsAligned(signing, from));
    }

    [Fact]
    public async Task A_key_file_is_read_as_zone_lines()
    {
        var keys = new FileDkimKeys(["# keys", "", "s1._domainkey.example.cn. TXT \"v=DKIM1; \" \"p=abc\"", "s2._domainkey.example.cn v=DKIM1; p=def"]);

        Assert.Equal("v=DKIM1; p=abc", await keys.FindAsync("S1", "EXAMPLE.cn", TestContext.Current.CancellationToken));
        Assert.Equal("v=DKIM1; p=def", await keys.FindAsync("s2", "example.cn", TestContext.Current.CancellationToken));
        Assert.Null(await keys.FindAsync("s3", "example.cn", TestContext.Current.CancellationToken));
        Assert.Throws<FormatException>(() => new FileDkimKeys(["example.cn p=abc"]));
    }

    private static Task<ReadMail> ReadAsync(byte[] raw, string domain)
    {
        var keys = new FileDkimKeys([$"s1._domainkey.{domain} TXT \"v=DKIM1; k=rsa; p={Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo())}\""]);
        return new MailReader(keys, TimeProvider.System).ReadAsync(raw, ReadMailOptions.Default, TestContext.Current.CancellationToken);
    }

    private static byte[] Signed(string domain)
    {
        var message = new MimeMessage { Body = new TextPart("plain") { Text = "I agree with the draft.\r\n" }, Subject = "Re: Consultation" };
        message.From.Add(new MailboxAddress(name: null, "rev1@example.cn"));
        message.To.Add(new MailboxAddress(name: null, "opinions+r-k5xw2ylnobzgs3thnf2ho6lqme@panel.test"));
        var signer = new DkimSigner(DotNetUtilities.GetRsaKeyPair(Key).Private, domain, "s1", DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(format, message, [HeaderId.From, HeaderId.To, HeaderId.Subject]);
        using var raw = new MemoryStream();
        message.WriteTo(format, raw);
        return raw.ToArray();
    }

    private sealed class OneKey : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            DotNetUtilities.GetRsaPublicKey(Key);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult<AsymmetricKeyParameter>(DotNetUtilities.GetRsaPublicKey(Key));
    }
}
