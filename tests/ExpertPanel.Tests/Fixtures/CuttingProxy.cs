using System.Net;
using System.Net.Sockets;

namespace ExpertPanel.Tests.Fixtures;

/// <summary>Stands between a client and a server of this machine and cuts each connection after so many bytes, wherever that is.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<int> bytesToLive;
    private readonly int port;
    private readonly Task accepting;
    private int cuts;

    /// <param name="bytesToLive">Asked for each connection.</param>
    public CuttingProxy(int port, Func<int> bytesToLive)
    {
        (this.port, this.bytesToLive) = (port, bytesToLive);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public int Cuts => cuts;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Connections++;
                talks.Add(TalkAsync(client, bytesToLive()));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, int lives)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, over.Token);
                var left = lives;
                var ways = new[] { CopyAsync(client, server), CopyAsync(server, client) };
                await Task.WhenAny(ways);
                await over.CancelAsync();
                await Task.WhenAll(ways);

                async Task CopyAsync(TcpClient from, TcpClient to)
                {
                    var buffer = new byte[4096];
                    for (int read; (read = await from.GetStream().ReadAsync(buffer, over.Token)) > 0;)
                    {
                        var rest = Interlocked.Add(ref left, -read);
                        await to.GetStream().WriteAsync(buffer.AsMemory(0, rest < 0 ? Math.Max(0, read + rest) : read), over.Token);
                        if (rest >= 0) continue;
                        Interlocked.Increment(ref cuts);
                        return;
                    }
                }
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two hung up.
            }
        }
    }
}
