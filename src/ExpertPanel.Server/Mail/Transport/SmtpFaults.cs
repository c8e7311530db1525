using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>What an SMTP failure means for the letter. Only a clear 5xx reply ends it; anything else is tried again.</summary>
internal static class SmtpFaults
{
    public static bool IsOfTheConnection(Exception fault) => fault is SmtpProtocolException or ProtocolException or IOException or SocketException
        or TimeoutException or SslHandshakeException or AuthenticationException or NotSupportedException or ServiceNotConnectedException
        or ServiceNotAuthenticatedException;

    public static DeliveryOutcome Classify(Exception fault, bool bodyBegun)
    {
        var reason = fault switch
        {
            SslHandshakeException => "tls-refused",
            AuthenticationException => "sign-in-refused",
            NotSupportedException => "tls-not-offered",
            TimeoutException => "timeout",
            SmtpProtocolException => "connection-lost",
            _ => "unreachable",
        };
        return new DeliveryOutcome.Retry($"{reason}: {OneLine(fault.Message)}", bodyBegun);
    }

    /// <summary>A server that will not talk to us at all (554 as its greeting, 5xx to EHLO or STARTTLS) has said nothing about the letter: every letter waits.</summary>
    public static DeliveryOutcome OfConnecting(SmtpCommandException refusal) => new DeliveryOutcome.Retry("refused: " + Reply(refusal), UnknownOutcome: false);

    public static DeliveryOutcome Classify(SmtpCommandException refusal)
    {
        var code = (int)refusal.StatusCode;
        var reason = Reply(refusal);
        if (code < 500) return new DeliveryOutcome.Retry(reason, UnknownOutcome: false);
        return refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted && IsAboutTheMailbox(code, refusal.Message)
            ? new DeliveryOutcome.RecipientRejected(reason)
            : new DeliveryOutcome.Failed(reason);
    }

    /// <summary>RFC 3463: 5.1.x is the address, 5.7.x policy. Servers without such a code use 550 for both; "relay" gives policy away.</summary>
    private static bool IsAboutTheMailbox(int code, string text)
    {
        var words = text.TrimStart();
        if (words.StartsWith("5.1.", StringComparison.Ordinal)) return true;
        if (words.StartsWith("5.", StringComparison.Ordinal) && words.Length > 3 && words[3] == '.') return false;
        return code is 550 or 551 or 553 && !words.Contains("relay", StringComparison.OrdinalIgnoreCase);
    }

    private static string Reply(SmtpCommandException refusal) => string.Create(CultureInfo.InvariantCulture, $"{(int)refusal.StatusCode} {OneLine(refusal.Message)}");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
