using MailKit;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>Ends a download that grows beyond what was asked for; the server's word for a size is not trusted.</summary>
internal sealed class AtMost(long most) : ITransferProgress
{
    public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

    /// <exception cref="LiteralTooLargeException">Out of the middle of an answer: the connection is of no use any more.</exception>
    public void Report(long bytesTransferred)
    {
        if (bytesTransferred > most) throw new LiteralTooLargeException();
    }
}

internal sealed class LiteralTooLargeException : Exception;
