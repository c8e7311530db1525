using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>
/// Letters as files, for a machine without a mail server. A letter sent twice is one file, for its name ends with the hash of its
/// Message-ID; a reader of the folder never sees half a file.
/// </summary>
public sealed class FileTransport : IMailTransport
{
    private readonly string folder;
    private readonly TimeProvider clock;
    private readonly Lock written = new();
    private readonly HashSet<string> hashes;

    public FileTransport(string folder, TimeProvider clock)
    {
        (this.folder, this.clock) = (folder, clock);
        Directory.CreateDirectory(folder);
        hashes = [.. Directory.EnumerateFiles(folder, "*.eml").Select(HashOf)];
    }

    public async Task<DeliveryOutcome> SendAsync(MimeMessage message, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(message.MessageId)) throw new ArgumentException("A letter has its Message-ID before it is sent.", nameof(message));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId)))[..32];
        lock (written)
            if (hashes.Contains(hash))
                return new DeliveryOutcome.Accepted();

        var stamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{stamp}-{hash}.eml");
        try
        {
            await WriteAsync(message, path, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new DeliveryOutcome.Retry("file: " + fault.Message, UnknownOutcome: false);
        }

        lock (written) hashes.Add(hash);
        return new DeliveryOutcome.Accepted();
    }

    private static async Task WriteAsync(MimeMessage message, string path, CancellationToken ct)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.HiddenHeaders.Add(HeaderId.Bcc);
        var unfinished = path + ".tmp";
        await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await message.WriteToAsync(format, file, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static string HashOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name[(name.LastIndexOf('-') + 1)..];
    }
}
