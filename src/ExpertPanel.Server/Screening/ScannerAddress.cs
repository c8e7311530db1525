using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ExpertPanel.Server.Screening;

/// <summary>Where clamd listens: a socket of this machine, or a host and port.</summary>
public sealed record ScannerAddress(AddressFamily Family, EndPoint EndPoint)
{
    /// <returns>Null for what is no address.</returns>
    public static ScannerAddress? Of(string written)
    {
        if (written.StartsWith('/')) return new(AddressFamily.Unix, new UnixDomainSocketEndPoint(written));
        var colon = written.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(written[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535) return null;
        var host = written[..colon].Trim('[', ']');
        return IPAddress.TryParse(host, out var address)
            ? new(address.AddressFamily, new IPEndPoint(address, port))
            : Uri.CheckHostName(host) == UriHostNameType.Dns ? new(AddressFamily.Unspecified, new DnsEndPoint(host, port)) : null;
    }

    public Socket Socket() => Family switch
    {
        AddressFamily.Unix => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
        AddressFamily.Unspecified => new(SocketType.Stream, ProtocolType.Tcp),
        _ => new(Family, SocketType.Stream, ProtocolType.Tcp),
    };
}
