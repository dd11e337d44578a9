using Roam.Transport;

namespace Roam.Tests.Transport;

public sealed class ReservedBytesTests
{
    private readonly Pair _pair = new();

    [Theory]
    [InlineData(0, 1252)]
    [InlineData(64, 1188)]
    [InlineData(10_000, 1252 - SspLimits.ReservedBytesMax)]
    public void A_client_s_datagrams_leave_room_for_the_ids_before_them(int reserved, int longest)
    {
        _pair.Client.Connection.Reserve(reserved);
        _pair.Client.Set(_pair.Now, new string('x', 5000));
        Assert.NotEqual(-1, _pair.MillisUntil(() => _pair.Server.Remote.Length == 5000, 5000));
        Assert.Equal(longest, _pair.Record.Where(f => f.ToServer).Max(f => f.Datagram.Length));
    }

    [Fact]
    public void They_still_do_after_the_network_changed()
    {
        _pair.Client.Connection.Reserve(64);
        _pair.Client.Connection.NetworkChanged(_pair.Now);
        Assert.Equal(1188, _pair.Client.Connection.MtuBytes);
    }
}
