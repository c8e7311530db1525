using System.Security.Cryptography;

namespace ExpertPanel.Server.Mail.Transport;

/// <summary>
/// Mails dropped as files into a folder; done ones move to processed/ or quarantine/ below it. A file still being written is left
/// for the next round: by its name, or because it changed between two looks.
/// </summary>
public sealed class FileMailSource(string folder, long maxBytes, TimeProvider clock, ILogger<FileMailSource> log) : IMailSource
{
    /// <summary>What is kept of a mail that is too large: enough for its headers.</summary>
    public const int BeginningBytes = 64 * 1024 + 1;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>What the last round could not hand over; it is no news to wait for.</summary>
    private readonly HashSet<string> left = new(StringComparer.Ordinal);

    public async Task<int> FetchAsync(Func<ArrivedMail, CancellationToken, Task<MailPlace>> handler, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var handed = 0;
        // What broke the last round comes last: one bad mail must not stand before the others for ever.
        var files = (await FinishedFilesAsync(ct)).OrderBy(file => left.Contains(file.Name)).ToList();
        left.IntersectWith(files.Select(file => file.Name));
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            left.Add(file.Name);
            if (await ReadAsync(file, ct) is not { } mail) continue;
            Move(file, await handler(mail, ct));
            left.Remove(file.Name);
            handed++;
        }

        return handed;
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < atMost; await Task.Delay(Poll < atMost ? Poll : atMost, clock, ct))
            if (Waiting().Any(file => !left.Contains(file.Name)))
                return;
    }

    private IEnumerable<FileInfo> Waiting() => !Directory.Exists(folder) ? [] : new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => file.Name[0] != '.' && file.Extension.ToUpperInvariant() is not (".TMP" or ".PART") && !file.Attributes.HasFlag(FileAttributes.ReparsePoint));

    private async Task<List<FileInfo>> FinishedFilesAsync(CancellationToken ct)
    {
        var files = Waiting().OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var now = clock.GetUtcNow();
        var fresh = files.Where(file => now - file.LastWriteTimeUtc < Settled).ToDictionary(file => file, file => file.Length);
        if (fresh.Count == 0) return files;
        await Task.Delay(BetweenLooks, TimeProvider.System, ct);
        return files.FindAll(file => !fresh.TryGetValue(file, out var length) || IsUnchanged(file, length));
    }

    private static bool IsUnchanged(FileInfo file, long length)
    {
        var written = file.LastWriteTimeUtc;
        file.Refresh();
        return file.Exists && file.Length == length && length > 0 && file.LastWriteTimeUtc == written;
    }

    private async Task<ArrivedMail?> ReadAsync(FileInfo file, CancellationToken ct)
    {
        try
        {
            await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous);
            var whole = stream.Length <= maxBytes;
            var raw = new byte[whole ? stream.Length : Math.Min(stream.Length, BeginningBytes)];
            await stream.ReadExactlyAsync(raw, ct);
            return new ArrivedMail("file:" + file.Name, raw, stream.Length, whole, file.LastWriteTimeUtc);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody else holds it or it is not ours to read: the mails behind it must not wait for it.
            log.LogWarning(fault, "A file in the mail folder can't be read and stays there");
            return null;
        }
    }

    private void Move(FileInfo file, MailPlace place)
    {
        if (place is MailPlace.Nowhere)
        {
            file.Delete();
            return;
        }

        var target = Directory.CreateDirectory(Path.Combine(folder, place is MailPlace.Processed ? "processed" : "quarantine")).FullName;
        var path = Path.Combine(target, file.Name);
        // The same name has come before; the other mail is evidence too.
        if (File.Exists(path)) path = Path.Combine(target, $"{Path.GetFileNameWithoutExtension(file.Name)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}{file.Extension}");
        File.Move(file.FullName, path);
    }
}
