using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class PlaceTests
{
    private const string Id = "00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("192.0.2.7;60001", 0)]
    [InlineData("192.0.2.7;60001;" + Id, 16)]
    [InlineData("2001:db8::7;65535;" + Id + Id, 32)]
    public void A_place_is_read_and_written_the_same(string text, int idBytes)
    {
        Assert.True(Place.TryParse(text, out Place place));
        Assert.Equal(text, place.ToString());
        Assert.Equal(idBytes, place.Id.Length);
        Assert.Equal(text.Contains(':'), place.Address.IsIPv6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.7")]
    [InlineData("192.0.2.7;0")]
    [InlineData("192.0.2.7;65536")]
    [InlineData("192.0.2.7;-1")]
    [InlineData("host.example;60001")]
    [InlineData("192.0.2.7;60001;0011")]
    [InlineData("192.0.2.7;60001;" + "zz112233445566778899aabbccddeeff")]
    [InlineData("192.0.2.7;60001;" + Id + Id + Id + Id + Id)]
    [InlineData("192.0.2.7;60001;" + Id + ";more")]
    public void What_is_no_place_is_refused(string text) => Assert.False(Place.TryParse(text, out _));

    [Fact]
    public void The_id_of_a_place_stands_before_each_datagram_that_goes_there_and_before_no_other()
    {
        using UdpSocket relay = UdpSocket.TryOpen(isIPv6: false)!;
        using UdpSocket server = UdpSocket.TryOpen(isIPv6: false)!;
        PeerAddress any = Addresses.Of("127.0.0.1", 0);
        Assert.Equal(0, relay.Bind(any, 0));
        Assert.Equal(0, server.Bind(any, 0));
        Assert.True(Place.TryParse($"127.0.0.1;{relay.LocalPort};{Id}", out Place throughRelay));
        Assert.True(Place.TryParse($"127.0.0.1;{server.LocalPort}", out Place direct));
        using ClientSockets sockets = ClientSockets.TryOpen(direct.Address, out _)!;
        sockets.Add(throughRelay);
        sockets.Add(direct);
        foreach (Place place in (Place[])[throughRelay, direct])
        {
            Assert.Equal(SendResult.Sent, sockets.TryGet(place.Address, out _)!.Send(sockets.IdOf(place.Address), "datagram"u8, place.Address));
        }

        byte[] buffer = new byte[100];
        Poller.WaitReadable(relay.Fd);
        Assert.True(relay.TryReceive(buffer, out int length, out _, out _));
        Assert.Equal([.. Convert.FromHexString(Id), .. "datagram"u8], buffer[..length]);
        Poller.WaitReadable(server.Fd);
        Assert.True(server.TryReceive(buffer, out length, out _, out _));
        Assert.Equal("datagram"u8.ToArray(), buffer[..length]);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                sockets.TryGet(throughRelay.Address, out _)!.Send(sockets.IdOf(throughRelay.Address), "datagram"u8, throughRelay.Address);
            }
        });
    }
}
