using System.Text;

namespace ExpertPanel.Tests.Mail.Forgery;

/// <param name="Reasons">What the inbox may say of it: each names the doubt that the attack raises.</param>
internal sealed record ForgedMail(string Name, byte[] Raw, params string[] Reasons);

/// <summary>The attacks, by kind. In each the forger knows the victim's token, and writes an opinion that would count.</summary>
internal static class Forgeries
{
    private const string Opinion = "意见：合法\n理由：本意见系伪造。\n";

    /// <summary>Under the rule that asks the expert, an unsigned mail in the expert's name waits for the link.</summary>
    private const string Asked = "unconfirmed";

    public static IEnumerable<ForgedMail> All(ForgeryScene scene) =>
        [.. InAnotherName(scene), .. OtherFields(scene), .. OddAuthors(scene), .. InjectedResults(scene), .. FalseSignatures(scene), .. Replays(scene), .. Tokens(scene), .. Machines(scene)];

    /// <summary>The sender is another than the registered one, however alike it looks.</summary>
    private static IEnumerable<ForgedMail> InAnotherName(ForgeryScene s)
    {
        var (local, domain, address) = (s.Local, s.Domain, s.Address);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(address));
        (string Name, string From)[] senders =
        [
            ("another address", "forger@evil.test"),
            ("registered address as display name", $"\"{address}\" <forger@evil.test>"),
            ("registered address in angle brackets within the display name", $"\"专家 <{address}>\" <forger@evil.test>"),
            ("registered address as encoded display name", $"=?utf-8?B?{base64}?= <forger@evil.test>"),
            ("registered address as comment", $"forger@evil.test ({address})"),
            ("display name with a fold in it", $"\"{address}\"\r\n <forger@evil.test>"),
            ("sub-address of the registered one", $"{local}+x@{domain}"),
            ("sub-address with a minus", $"{local}-x@{domain}"),
            ("dot in the local part", $"{local[..3]}.{local[3..]}@{domain}"),
            ("domain with a digit for a letter", $"{local}@examp1e.test"),
            ("domain with rn for m", $"{local}@exarnple.test"),
            ("domain with a doubled letter", $"{local}@exxample.test"),
            ("domain with a hyphen", $"{local}@example-test.test"),
            ("domain below the forger's", $"{local}@example.test.evil.test"),
            ("domain below the registered one", $"{local}@mail.example.test"),
            ("domain cut short", $"{local}@example.tes"),
            ("domain in punycode", $"{local}@xn--exmple-cua.test"),
            ("domain with a Cyrillic letter", $"{local}@ex\u0430mple.test"),
            ("domain in full width", $"{local}@ｅxample.test"),
            ("domain with a soft hyphen", $"{local}@exam\u00adple.test"),
            ("local part with a Cyrillic letter", $"{local.Replace('e', '\u0435')}@{domain}"),
            ("local part in full width", $"ｅ{local[1..]}@{domain}"),
            ("local part with a zero-width space", $"{local}\u200b@{domain}"),
            ("local part with a right-to-left mark", $"\u202e{local}@{domain}"),
            ("local part with a combining mark", $"{local[..1]}\u0301{local[1..]}@{domain}"),
            ("local part percent-encoded", $"{local}%40{domain}@evil.test"),
            ("bang path", $"evil.test!{local}@evil.test"),
            ("IP literal as domain", $"{local}@[192.0.2.1]"),
        ];
        foreach (var (name, from) in senders) yield return new($"From: {name}", Mail(s, from), "sender-mismatch", "no-sender", "several-senders");
        // The parser reads the expert's own address out of these two; the missing signature holds them.
        yield return new("From: domain with a trailing dot", Mail(s, $"{local}@{domain}."), Asked);
        yield return new("From: two at signs", Mail(s, $"{address}@evil.test"), Asked);
        foreach (var (name, from) in senders.Take(2).Concat(senders.Where(x => x.Name is "domain with a digit for a letter" or "domain below the forger's")))
        {
            var own = from.Split('@')[^1].TrimEnd('>');
            yield return new($"From: {name}, truly signed by that domain", Written(s, from).Sign(ForgeryScene.ForgersKey, own).Bytes, "sender-mismatch");
        }
    }

    /// <summary>The registered address stands in another field than From.</summary>
    private static IEnumerable<ForgedMail> OtherFields(ForgeryScene s)
    {
        foreach (var field in new[] { "Sender", "Reply-To", "Resent-From", "Resent-Sender", "Return-Path", "X-Sender", "X-Original-From", "X-Google-Original-From", "Errors-To", "Apparently-From", "X-Envelope-From", "Disposition-Notification-To" })
            yield return new($"{field} names the expert, From does not", Written(s, "forger@evil.test").Add(field, s.Address).Bytes, "sender-mismatch");
    }

    /// <summary>From is not the one plain mailbox that it should be.</summary>
    private static IEnumerable<ForgedMail> OddAuthors(ForgeryScene s)
    {
        var a = s.Address;
        yield return new("two From fields, the expert's first", Written(s, a).Add("From", "forger@evil.test").Bytes, "several-senders");
        yield return new("two From fields, the expert's last", Written(s, a).First("From", "forger@evil.test").Bytes, "several-senders");
        yield return new("two From fields, both the expert's", Written(s, a).First("From", a).Bytes, "several-senders");
        yield return new("a second From with a blank before the colon", Written(s, a).First("From ", "forger@evil.test").Bytes, "several-senders", "not-a-mail", Asked);
        yield return new("a list of authors, the expert first", Mail(s, $"{a}, forger@evil.test"), "several-senders");
        yield return new("a list of authors, the expert last", Mail(s, $"forger@evil.test, {a}"), "several-senders");
        yield return new("an address list without a comma", Mail(s, $"{a} <forger@evil.test>"), "sender-mismatch", "several-senders", "no-sender");
        yield return new("a group that holds the expert", Mail(s, $"office: {a};"), "several-senders", "no-sender");
        yield return new("a group named as the expert", Mail(s, $"\"{a}\": forger@evil.test;"), "several-senders", "no-sender");
        yield return new("an empty group", Mail(s, "undisclosed-recipients:;"), "no-sender");
        yield return new("a group beside the expert", Mail(s, $"{a}, office: forger@evil.test;"), "several-senders");
        yield return new("no From at all", Mail(s, null), "no-sender");
        yield return new("an empty From", Mail(s, ""), "no-sender");
        yield return new("only a name in From", Mail(s, "专家"), "no-sender", "sender-mismatch");
        yield return new("an encoded word in place of the address", Mail(s, $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(a))}?="), "no-sender", "sender-mismatch", "several-senders");
        yield return new("an encoded word around angle brackets", Mail(s, $"=?utf-8?Q?=3C{a.Replace("@", "=40", StringComparison.Ordinal)}=3E?= <forger@evil.test>"), "sender-mismatch");
        yield return new("a source route through the forger", Mail(s, $"<@evil.test:{a}>"), Asked, "sender-mismatch", "no-sender");
        yield return new("a comment within the address", Mail(s, $"{s.Local}(x)@{s.Domain}"), Asked, "sender-mismatch", "no-sender");
        yield return new("a quoted local part", Mail(s, $"\"{s.Local}\"@{s.Domain}"), Asked, "sender-mismatch");
        yield return new("From in capitals", Mail(s, a.ToUpperInvariant()), Asked);
        yield return new("a null character in From", Mail(s, $"{a}\0"), Asked, "sender-mismatch", "no-sender");
        yield return new("a carriage return in From", Mail(s, $"forger@evil.test\r{a}"), "sender-mismatch", "several-senders", "no-sender");
        yield return new("a header smuggled behind the subject", Written(s, "forger@evil.test").Replace("Subject", $"x\r\nFrom: {a}").Bytes, "several-senders");
        yield return new("From behind the end of the headers", Written(s, "forger@evil.test").Replace("Subject", $"x\r\n\r\nFrom: {a}").Bytes, "sender-mismatch");
        yield return new("the expert's mail within the forger's", Enclosed(s), "sender-mismatch");
    }

    /// <summary>Somebody else's word about the sender, written by the forger. It is never read.</summary>
    private static IEnumerable<ForgedMail> InjectedResults(ForgeryScene s)
    {
        (string Field, string Value)[] words =
        [
            ("X-Nothing", "the bare forgery"),
            ("Authentication-Results", $"mx.panel.test; dkim=pass header.d={s.Domain}; spf=pass; dmarc=pass"),
            ("ARC-Authentication-Results", $"i=1; mx.panel.test; dkim=pass header.d={s.Domain}; arc=pass"),
            ("ARC-Seal", $"i=1; a=rsa-sha256; cv=none; d={s.Domain}; s=s1; b=AAAA"),
            ("ARC-Message-Signature", $"i=1; a=rsa-sha256; d={s.Domain}; s=s1; h=from; bh=AAAA; b=AAAA"),
            ("Received-SPF", $"pass (mx.panel.test: domain of {s.Address} designates 192.0.2.1)"),
            ("X-Spam-Status", "No, score=-10 required=5 tests=DKIM_VALID_AU"),
            ("DKIM-Filter", "OpenDKIM Filter v2.11.0 mx.panel.test pass"),
            ("DomainKey-Signature", $"a=rsa-sha1; q=dns; c=nofws; s=s1; d={s.Domain}; b=AAAA"),
            ("X-Google-DKIM-Signature", $"v=1; a=rsa-sha256; d={s.Domain}; s=s1; h=from; bh=AAAA; b=AAAA"),
            ("X-MS-Exchange-Organization-AuthAs", "Internal"),
            ("X-MS-Exchange-Organization-SCL", "-1"),
            ("X-QQ-SSF", "verified"),
            ("Received", "from mail.example.test (mail.example.test [192.0.2.1]) by mx.panel.test; Fri, 26 Sep 2014 09:00:00 +0800"),
        ];
        foreach (var (field, value) in words) yield return new($"the expert's name and {field}", Written(s, s.Address).First(field, value).Bytes, Asked);
    }

    /// <summary>A signature that is none, or not of the sender, or not of this mail.</summary>
    private static IEnumerable<ForgedMail> FalseSignatures(ForgeryScene s)
    {
        var (own, forgers) = (ForgeryScene.DomainKey, ForgeryScene.ForgersKey);
        yield return new("signed by the forger's domain", Fresh(s).Sign(forgers, "evil.test").Bytes, Asked);
        yield return new("signed by a look-alike domain", Fresh(s).Sign(forgers, "examp1e.test").Bytes, Asked);
        yield return new("signed by a domain that begins with the expert's", Fresh(s).Sign(forgers, "example.test.evil.test").Bytes, Asked);
        yield return new("signed by the top-level domain", Fresh(s).Sign(forgers, "test").Bytes, Asked);
        yield return new("signed as the expert's domain by another key", Fresh(s).Sign(forgers, s.Domain).Bytes, Asked);
        yield return new("a selector that leads nowhere", Fresh(s).Sign(own, s.Domain, "none").Bytes, Asked);
        yield return new("a selector that climbs out of the domain", Fresh(s).Sign(forgers, s.Domain, "s1._domainkey.evil.test").Bytes, Asked);
        yield return new("a withdrawn key", Fresh(s).Sign(own, s.Domain, "gone").Bytes, Asked);
        yield return new("a key on trial (t=y)", Fresh(s).Sign(own, s.Domain, "trial").Bytes, Asked);
        yield return new("a key on trial beside another flag", Fresh(s).Sign(own, s.Domain, "trial2").Bytes, Asked);
        yield return new("a key for another service", Fresh(s).Sign(own, s.Domain, "tls").Bytes, Asked);
        yield return new("a signature that has ended (x=)", Fresh(s).Sign(own, s.Domain, more: "t=1400000000; x=1400600000; ").Bytes, Asked);
        yield return new("a signature that never ends properly", Fresh(s).Sign(own, s.Domain, more: "x=never; ").Bytes, Asked);
        yield return new("a signature of the future (t=)", Fresh(s).Sign(own, s.Domain, more: "t=1900000000; ").Bytes, Asked);
        yield return new("a signature without From (h=)", Fresh(s).Sign(own, s.Domain, fields: "to:subject:date").Bytes, Asked);
        yield return new("the weak algorithm rsa-sha1", Fresh(s).Sign(own, s.Domain, algorithm: "rsa-sha1").Bytes, Asked);
        yield return new("a signature that is only words", Fresh(s).First("DKIM-Signature", $"v=1; a=rsa-sha256; d={s.Domain}; s=s1; h=from; bh=x; b=x").Bytes, Asked);
        yield return new("an empty signature", Fresh(s).First("DKIM-Signature", "").Bytes, Asked);
        yield return new("a signature of version 2", Fresh(s).First("DKIM-Signature", $"v=2; a=rsa-sha256; d={s.Domain}; s=s1; h=from; bh=AAAA; b=AAAA").Bytes, Asked);
        yield return new("a true signature behind five false ones", Enumerable.Range(0, 5).Aggregate(Fresh(s).Sign(own, s.Domain, fields: "to:subject"), (m, _) => m.First("DKIM-Signature", "v=1; a=rsa-sha256; d=evil.test; s=x; h=from; bh=AAAA; b=AAAA")).Bytes, Asked);
    }

    /// <summary>A mail that the expert truly sent, to somebody else or with other words, changed where its signature does not look.</summary>
    private static IEnumerable<ForgedMail> Replays(ForgeryScene s)
    {
        WrittenMail ToFriend(string fields) => WrittenMail.Of(s.Address, "friend@elsewhere.test", Opinion, Id()).Sign(ForgeryScene.DomainKey, s.Domain, fields: fields);
        var token = s.To(s.Victim);
        foreach (var field in new[] { "Delivered-To", "X-Original-To", "Envelope-To", "Cc", "To" })
            yield return new($"a true mail to a friend, with our address added as {field}", ToFriend("from:to:subject:date:message-id").First(field, token).Bytes, Asked);
        yield return new("a true mail whose recipients were not signed", ToFriend("from:subject:date:message-id").Replace("To", token).Bytes, Asked);
        yield return new("a true mail sent on to us (Resent-To)", ToFriend("from:to:subject:date").First("Resent-To", token).Bytes, "no-token");
        yield return new("a true mail in blind copy", ToFriend("from:to:subject:date").First("Bcc", token).Bytes, "no-token");
        WrittenMail Signed() => Fresh(s).Sign(ForgeryScene.DomainKey, s.Domain);
        yield return new("a true mail with another body", (Signed() with { Body = "意见：不合法\r\n理由：改过。\r\n" }).Bytes, Asked);
        yield return new("a true mail with words added", Signed().Append("意见：不合法\n").Bytes, Asked, "stand-unclear");
        yield return new("words below the signed length (l=)", Fresh(s).Sign(ForgeryScene.DomainKey, s.Domain, length: 20).Append("另外：删去第三条。\n").Bytes, Asked);
        yield return new("a signed length of nothing (l=0)", Fresh(s).Sign(ForgeryScene.DomainKey, s.Domain, length: 0).Bytes, Asked);
        yield return new("a true mail with another subject", Signed().Replace("Subject", "other").Bytes, Asked);
        yield return new("a true mail with another Message-ID", Signed().Replace("Message-ID", $"<{Id()}>").Bytes, Asked);
        yield return new("a true mail in another expert's name", Signed().Replace("From", s.NeighbourAddress).Replace("To", s.To(s.Neighbour)).Bytes, Asked);
        yield return new("a true mail for another matter", WrittenMail.Of(s.Address, s.To(s.Other.Panel!.Invitations[0]), Opinion, Id()).Sign(ForgeryScene.DomainKey, s.Domain).Replace("To", token).Bytes, Asked);
        yield return new("a true mail with a second From above", Signed().First("From", "forger@evil.test").Bytes, "several-senders");
        yield return new("a true mail with a second subject above", Signed().First("Subject", "other").Bytes, Asked);
        yield return new("a true mail with a second content type above", Signed().First("Content-Type", "text/plain; charset=gb18030").Bytes, Asked, "stand-unclear");
        yield return new("a true mail with a second date above", Signed().First("Date", "Sat, 27 Sep 2014 09:00:00 +0800").Bytes, Asked);
        yield return new("a true signature moved to other words", Moved(Signed(), Fresh(s) with { Body = "意见：不合法\r\n理由：另写。\r\n" }).Bytes, Asked);
    }

    /// <summary>Tokens that are somebody else's, spent, or in the wrong place; the mails themselves are truly signed where they can be.</summary>
    private static IEnumerable<ForgedMail> Tokens(ForgeryScene s)
    {
        WrittenMail To(string? from, string to) => WrittenMail.Of(from, to, Opinion, Id()).Sign(ForgeryScene.DomainKey, s.Domain);
        var others = s.Other.Panel!.Invitations.First(i => i.ExpertId != s.Victim.ExpertId);
        yield return new("a stolen token, honestly sent by the thief", WrittenMail.Of("forger@evil.test", s.To(s.Victim), Opinion, Id()).Sign(ForgeryScene.ForgersKey, "evil.test").Bytes, "sender-mismatch");
        yield return new("one expert with another's token", To(s.Address, s.To(s.Neighbour)).Bytes, "sender-mismatch");
        yield return new("a token of another matter's expert", To(s.Address, s.To(others)).Bytes, "sender-mismatch");
        yield return new("a token of another committee", To(s.Address, ForgeryScene.To(s.ForeignToken)).Bytes, "sender-mismatch");
        yield return new("a token that never was", To(s.Address, ForgeryScene.To(new string('a', 26))).Bytes, "token-unknown");
        yield return new("a token cut short", To(s.Address, s.To(s.Victim).Replace("@", "", StringComparison.Ordinal)[..^12] + "@panel.test").Bytes, "no-token", "token-unknown");
        yield return new("two tokens", To(s.Address, $"{s.To(s.Victim)}, {s.To(s.Neighbour)}").Bytes, "several-tokens");
        yield return new("a token of a matter that may not be mailed", To(s.Address, s.To(s.Secret.Panel!.Invitations[0])).Bytes, "mail-not-allowed", "sender-mismatch");
        foreach (var field in new[] { "Reply-To", "Sender", "Bcc", "Resent-To", "X-Token", "References" })
            yield return new($"the token in {field} only", To(s.Address, "opinions@panel.test").First(field, s.To(s.Victim)).Bytes, "no-token");
        yield return new("the token in the subject only", WrittenMail.Of(s.Address, "opinions@panel.test", Opinion, Id()).Replace("Subject", s.To(s.Victim)).Bytes, "no-token");
        yield return new("the token in the text only", WrittenMail.Of(s.Address, "opinions@panel.test", $"{Opinion}{s.To(s.Victim)}\n", Id()).Bytes, "no-token");
        yield return new("hundreds of recipients, ours among them", Mail(s, s.Address, string.Join(",\r\n ", Enumerable.Range(0, 300).Select(i => $"r{i}@list.test").Append(s.To(s.Victim)))), Asked);
    }

    /// <summary>Dressed as what a machine or a list sends.</summary>
    private static IEnumerable<ForgedMail> Machines(ForgeryScene s)
    {
        yield return new("as an automatic reply", Written(s, s.Address).Add("Auto-Submitted", "auto-replied").Bytes, "auto-submitted");
        yield return new("as bulk", Written(s, s.Address).Add("Precedence", "bulk").Bytes, "precedence");
        yield return new("by a mailing list", Written(s, s.Address).Add("List-Id", "<experts.list.test>").Bytes, "mailing-list");
        yield return new("as our own letter", Written(s, s.Address).Add("X-ExpertPanel-Loop", "1").Bytes, "own-letter");
        yield return new("from our own address", Mail(s, "opinions@panel.test"), "own-sender");
        yield return new("from our own address with a token", Mail(s, s.To(s.Victim)), "own-sender");
        yield return new("with an empty return path", Written(s, s.Address).First("Return-Path", "<>").Bytes, "null-return-path");
        yield return new("as a bounce of no letter", Written(s, "mailer-daemon@evil.test").Bytes, "delivery-failed", "bounce-of-unknown-letter");
        yield return new("as a bounce of another address", (Written(s, "mailer-daemon@evil.test") with { Body = $"550 no such user forger@evil.test\r\n意见：合法\r\n" }).Bytes, "delivery-failed", "bounce-of-unknown-letter", "bounce-of-other-address");
        yield return new("from a no-reply address", Mail(s, $"noreply@{s.Domain}"), "machine-sender", "sender-mismatch");
    }

    private static byte[] Mail(ForgeryScene s, string? from, string? to = null) => WrittenMail.Of(from, to ?? s.To(s.Victim), Opinion, Id()).Bytes;

    private static WrittenMail Written(ForgeryScene s, string? from) => WrittenMail.Of(from, s.To(s.Victim), Opinion, Id());

    private static WrittenMail Fresh(ForgeryScene s) => Written(s, s.Address);

    private static WrittenMail Moved(WrittenMail from, WrittenMail to) => to.First("DKIM-Signature", from.Headers[0].Value);

    private static byte[] Enclosed(ForgeryScene s)
    {
        var inner = Encoding.UTF8.GetString(Fresh(s).Sign(ForgeryScene.DomainKey, s.Domain).Bytes);
        var outer = Written(s, "forger@evil.test").Replace("Content-Type", "multipart/mixed; boundary=b") with { Body = $"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n意见：合法\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n" };
        return outer.Bytes;
    }

    private static string Id() => $"{Guid.CreateVersion7():N}@forged.test";
}
