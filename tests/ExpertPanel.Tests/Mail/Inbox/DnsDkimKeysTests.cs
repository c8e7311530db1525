using System.Net;
using System.Net.Sockets;
using System.Text;
using DnsClient;
using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

/// <summary>Keys by the DNS, asked of a server of the test over real UDP.</summary>
public sealed class DnsDkimKeysTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_read_whole_and_asked_for_once()
    {
        using var server = new OneTxtServer("s1._domainkey.example.test", ["v=DKIM1; k=rsa; ", "p=abc"]);
        var keys = Keys(server.Port);

        Assert.Equal("v=DKIM1; k=rsa; p=abc", await keys.FindAsync("s1", "example.test", Ct));
        Assert.Equal("v=DKIM1; k=rsa; p=abc", await keys.FindAsync("s1", "example.test", Ct));
        Assert.Equal(1, server.Asked);
        Assert.Null(await keys.FindAsync("s2", "example.test", Ct));
        Assert.True(((IDkimKeys)keys).CanFind);
    }

    [Fact]
    public async Task A_name_that_is_none_is_never_asked_for()
    {
        using var server = new OneTxtServer("s1._domainkey.example.test", ["p=abc"]);
        var keys = Keys(server.Port);

        foreach (var (selector, domain) in new[] { ("s1", "exa mple.test"), ("", "example.test"), ("s1", "ex\u0430mple.test"), (new string('a', 64), "example.test"), ("s1", string.Join('.', Enumerable.Repeat("abcdefgh", 40))), ("s1", "a..test"), ("s1\n", "example.test") })
            Assert.Null(await keys.FindAsync(selector, domain, Ct));
        Assert.Equal(0, server.Asked);
    }

    [Fact]
    public async Task A_server_that_is_silent_leaves_the_mail_unsigned_in_a_few_seconds()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Null(await Keys(((IPEndPoint)silent.Client.LocalEndPoint!).Port).FindAsync("s1", "example.test", Ct));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 3.9); // A mail may take four.
    }

    private static DnsDkimKeys Keys(int port) => new(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, port)) { UseTcpFallback = false });

    /// <summary>Answers TXT questions for one name, and NXDOMAIN for any other.</summary>
    private sealed class OneTxtServer : IDisposable
    {
        private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        private int asked;

        public OneTxtServer(string name, string[] texts) => _ = ServeAsync(name, texts);

        public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

        public int Asked => Volatile.Read(ref asked);

        public void Dispose() => socket.Dispose();

        private async Task ServeAsync(string name, string[] texts)
        {
            try
            {
                while (true)
                {
                    var question = await socket.ReceiveAsync(Ct);
                    Interlocked.Increment(ref asked);
                    await socket.SendAsync(Answer(question.Buffer, name, texts), question.RemoteEndPoint, Ct);
                }
            }
            catch (Exception over) when (over is ObjectDisposedException or SocketException or OperationCanceledException)
            {
                // The test is over.
            }
        }

        private static byte[] Answer(byte[] question, string name, string[] texts)
        {
            var end = 12;
            var labels = new List<string>();
            while (question[end] > 0)
            {
                labels.Add(Encoding.ASCII.GetString(question, end + 1, question[end]));
                end += question[end] + 1;
            }

            end += 5; // The root's length, the type and the class.
            var known = string.Join('.', labels).Equals(name, StringComparison.OrdinalIgnoreCase);
            var data = texts.SelectMany(t => Encoding.ASCII.GetBytes(t).Prepend((byte)t.Length)).ToArray();
            byte[] head = [question[0], question[1], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)(known ? 1 : 0), 0, 0, 0, 0];
            return [.. head, .. question[12..end], .. known ? (byte[])[0xC0, 12, 0, 16, 0, 1, 0, 0, 1, 0, (byte)(data.Length >> 8), (byte)data.Length, .. data] : []];
        }
    }
}
