using System.Net;
using System.Net.Sockets;
using Roam.Host;

namespace Roam.Tests.Host.Login;

public sealed class TcpConnectionsTests
{
    [Fact]
    public void Addresses_of_both_families_are_read_as_the_kernel_writes_them()
    {
        Dictionary<string, string> peers = [];
        TcpConnections.AddPeers(
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1
               1: 0200000A:D903 0500000A:0016 01 00000000:00000000 02:000A7214 00000000     0        0 12 2
               2: 0200000A:D904 0600000A:0016 06 00000000:00000000 02:000A7214 00000000     0        0 13 2
            broken
               3: x:1 y:2 01 0:0 0:0 0 0 0 14 1
            """,
            peers);
        TcpConnections.AddPeers("  4: 00000000:1 B80D0120000000000000000002000000:0016 01 0:0 0:0 0 0 0 15 1\n  5: 0:1 0000000000000000FFFF00000700000A:0016 01 0:0 0:0 0 0 0 16 1\n", peers);
        Assert.Equal([("12", "10.0.0.5"), ("15", "2001:db8::2"), ("16", "10.0.0.7")], peers.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public void The_far_end_of_a_programs_connection_is_seen()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using PipedProcess? process = PipedProcess.TryStart(["bash", "-c", $"exec 3<>/dev/tcp/127.0.0.1/{port}; echo there; read x"], out string error);
        Assert.True(process is not null, error);
        Assert.Equal(PipeEvent.Line, process.Next(wantsToWrite: false, 60_000, out _));
        Assert.Equal("127.0.0.1", TcpConnections.PeerOf(process.Pid));
    }

    [Fact]
    public void A_program_without_one_tells_nothing()
    {
        using PipedProcess? process = PipedProcess.TryStart(["cat"], out string error);
        Assert.True(process is not null, error);
        Assert.Null(TcpConnections.PeerOf(process.Pid));
        process.CloseInput();
        process.WaitForExit(60_000, static _ => { });
        Assert.Null(TcpConnections.PeerOf(process.Pid));
    }
}
