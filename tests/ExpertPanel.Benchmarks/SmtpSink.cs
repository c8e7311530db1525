using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExpertPanel.Benchmarks;

/// <summary>Takes letters over as a mail server must: on the disk before it says 250 (RFC 5321, 6.1); or only in memory, to see what is ours.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly FileStream? spool;
    private readonly Task accepting;

    public SmtpSink(string? spoolFile)
    {
        spool = spoolFile is null ? null : new FileStream(spoolFile, FileMode.Create, FileAccess.Write);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public List<string> Letters { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        if (spool is not null) await spool.DisposeAsync();
        stopping.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client) await ServeAsync(client);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The client hung up, or the benchmark is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        client.NoDelay = true;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink.test ESMTP");
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var letter = new StringBuilder();
                while (await reader.ReadLineAsync(stopping.Token) is { } text && text != ".") letter.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                Letters.Add(letter.ToString());
                if (spool is not null)
                {
                    spool.Write(Encoding.Latin1.GetBytes(Letters[^1]));
                    spool.Flush(flushToDisk: true);
                }
            }

            await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME" : line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT") return;
        }
    }
}
