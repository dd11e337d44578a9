using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class SourcePortsTests
{
    [Fact]
    public void Old_ports_listen_for_a_minute_and_ten_of_them_at_most()
    {
        using ReceiveBatch received = new();
        using SourcePorts sockets = SourcePorts.TryOpen(isIPv6: false, received, out _)!;
        Instant now = new(5_000_000);
        UdpSocket first = sockets.Current;
        sockets.Hop(now);
        Assert.NotSame(first, sockets.Current);
        Assert.Same(first, sockets[1]);
        for (int i = 0; i < 20; i++)
        {
            sockets.Hop(now.PlusMillis(i));
        }

        Assert.Equal(SourcePorts.CountMax, sockets.Count);
        Assert.Equal(-1, first.Fd);
        sockets.Prune(now.PlusMillis(59_999));
        Assert.Equal(SourcePorts.CountMax, sockets.Count);
        sockets.Prune(now.PlusMillis(60_100));
        Assert.Equal(1, sockets.Count);
        Assert.True(sockets.Current.Fd >= 0);
    }
}
