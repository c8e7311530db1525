using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using ExpertPanel.Server.Data;
using Microsoft.Extensions.Options;

namespace ExpertPanel.Server.Screening;

/// <summary>What the scanner said of a file.</summary>
/// <param name="State">One of <see cref="ScanState"/>.</param>
/// <param name="Find">The name of what was found, or why the file is barred.</param>
public sealed record ScanVerdict(string State, string? Find = null)
{
    public static ScanVerdict Waiting { get; } = new(ScanState.Waiting);

    public static ScanVerdict Clean { get; } = new(ScanState.Clean);

    public static ScanVerdict Barred(string fault) => new(ScanState.Barred, fault);

    public bool IsInfected => State == ScanState.Infected;
}

/// <summary>
/// Asks clamd by its INSTREAM command (clamd(8)): the bytes go over the connection, nothing is written to a disk both can read. A scanner
/// that is down, slow, or refuses the size leaves the file waiting; it never makes one clean.
/// </summary>
public sealed class FileScanner(IOptions<ScreeningOptions> options, ILogger<FileScanner> log)
{
    private const int Chunk = 64 * 1024;

    private const int LongestAnswer = 1024;

    private readonly ScannerAddress? address = ScannerAddress.Of(options.Value.Scanner);

    public bool IsConfigured => address is not null;

    /// <summary>A file is given out once it was found clean; where no scanner is configured, also unscanned.</summary>
    public bool MayServe(string state) => state == ScanState.Clean || (state == ScanState.Waiting && !IsConfigured);

    public async Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (address is null) return ScanVerdict.Waiting;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.ScanTimeout);
        try
        {
            var answer = await AskAsync(address, content, patience.Token);
            if (answer.EndsWith(" FOUND", StringComparison.Ordinal)) return new(ScanState.Infected, Name(answer));
            if (answer.EndsWith(": OK", StringComparison.Ordinal)) return ScanVerdict.Clean;
            log.LogWarning("The virus scanner gave no verdict: {Answer}", answer.Length == 0 ? "nothing" : answer);
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("The virus scanner does not answer: {Fault}", fault is SocketException refused ? refused.SocketErrorCode.ToString() : fault.GetType().Name);
        }

        return ScanVerdict.Waiting;
    }

    private static async Task<string> AskAsync(ScannerAddress address, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        using var socket = address.Socket();
        await socket.ConnectAsync(address.EndPoint, ct);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        var length = new byte[4];
        for (var at = 0; at < content.Length; at += Chunk)
        {
            var part = content.Slice(at, Math.Min(Chunk, content.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            await stream.WriteAsync(length, ct);
            await stream.WriteAsync(part, ct);
        }

        await stream.WriteAsync(new byte[4], ct);
        return await AnswerAsync(stream, ct);
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && answer.AsSpan(0, length).IndexOf((byte)0) < 0)
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), ct);
            if (read == 0) break;
            length += read;
        }

        return string.Concat(Encoding.UTF8.GetString(answer, 0, length).Where(c => !char.IsControl(c)));
    }

    /// <summary><c>stream: Win.Test.EICAR_HDB-1 FOUND</c>.</summary>
    private static string Name(string answer)
    {
        var found = answer[..^" FOUND".Length];
        var name = found[(found.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..];
        return name.Length > ScanState.LongestFind ? name[..ScanState.LongestFind] : name;
    }
}
