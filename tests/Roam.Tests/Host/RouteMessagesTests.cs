using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Roam.Host;

namespace Roam.Tests.Host;

public sealed class RouteMessagesTests
{
    private const uint Running = Libc.IFF_UP | Libc.IFF_RUNNING;

    private static readonly byte[] Source = [10, 0, 0, 7];

    private readonly LinkTable _links = new();

    [Fact]
    public void A_link_matters_when_it_comes_up_and_not_at_every_scan_of_its_card()
    {
        Assert.Equal(RouteNews.MayMatter, Read(Link(3, Running)));
        Assert.Equal(RouteNews.MayMatter, Read(Link(3, Running)));
        Assert.Equal(RouteNews.MayMatter, Read(Link(3, Libc.IFF_UP)));
        Assert.Equal(RouteNews.Matters, Read(Link(3, Running)));
        Assert.Equal(RouteNews.MayMatter, Read(Link(3, Running)));
        Assert.Equal(RouteNews.Matters, Read([.. Link(3, 0), .. Link(3, Running)]));
    }

    [Fact]
    public void The_loss_of_the_address_that_is_used_matters_even_if_it_comes_back_at_once()
    {
        Assert.Equal(RouteNews.MayMatter, Read(Address(Libc.RTM_DELADDR, 10, 0, 0, 8)));
        Assert.Equal(RouteNews.MayMatter, Read(Address(Libc.RTM_NEWADDR, Source)));
        Assert.Equal(RouteNews.Matters, Read([.. Address(Libc.RTM_DELADDR, Source), .. Address(Libc.RTM_NEWADDR, Source)]));
    }

    [Fact]
    public void A_new_default_route_of_our_family_matters_and_other_routes_may()
    {
        Assert.Equal(RouteNews.Matters, Read(Route(Libc.RTM_NEWROUTE, Libc.AF_INET, 0)));
        Assert.Equal(RouteNews.MayMatter, Read(Route(Libc.RTM_DELROUTE, Libc.AF_INET, 0)));
        Assert.Equal(RouteNews.MayMatter, Read(Route(Libc.RTM_NEWROUTE, Libc.AF_INET6, 0)));
        Assert.Equal(RouteNews.MayMatter, Read(Route(Libc.RTM_NEWROUTE, Libc.AF_INET, 24)));
        Assert.Equal(RouteNews.None, Read(Route(Libc.RTM_NEWROUTE, Libc.AF_INET, 0, Libc.RTM_F_CLONED)));
    }

    [Fact]
    public void What_is_cut_short_or_unknown_counts_as_nothing()
    {
        byte[] whole = [.. Address(Libc.RTM_DELADDR, Source)];
        Assert.Equal(RouteNews.Matters, Read(whole));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(RouteNews.None, Read(whole[..length]));
        }

        Assert.Equal(RouteNews.None, Read(Message(28, [])));
        Assert.Equal(RouteNews.None, Read(Message(Libc.RTM_NEWLINK, [1, 2, 3])));
        byte[] lies = [.. whole];
        BinaryPrimitives.WriteUInt16LittleEndian(lies.AsSpan(24), 3);
        Assert.Equal(RouteNews.MayMatter, Read(lies));
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] noise = [.. whole, .. Link(3, 0), .. Route(Libc.RTM_NEWROUTE, Libc.AF_INET, 0)];
            noise[random.Next(noise.Length)] = (byte)random.Next(256);
            noise[random.Next(noise.Length)] = (byte)random.Next(256);
            Read(noise);
        }
    }

    [Fact]
    public void Links_beyond_the_limit_are_not_remembered()
    {
        for (int i = 0; i < 2 * LinkTable.LinksMax; i++)
        {
            Read(Link(i, 0));
        }

        Assert.Equal(RouteNews.Matters, Read(Link(LinkTable.LinksMax - 1, Running)));
        Assert.Equal(RouteNews.MayMatter, Read(Link(LinkTable.LinksMax, Running)));
        Read(Message(Libc.RTM_DELLINK, LinkBody(0, 0)));
        Assert.Equal(RouteNews.MayMatter, Read(Link(0, Running)));
    }

    private RouteNews Read(byte[] datagram) => RouteMessages.Read(datagram, Source, _links);

    private static byte[] Link(int index, uint flags) => Message(Libc.RTM_NEWLINK, LinkBody(index, flags));

    private static byte[] LinkBody(int index, uint flags) => Bytes(new Libc.LinkMessage { Index = index, Flags = flags });

    private static byte[] Address(int type, params byte[] address) =>
        Message(type, [.. Bytes(new Libc.AddressMessage { Family = Libc.AF_INET }), 8, 0, Libc.IFA_LOCAL, 0, .. address]);

    private static byte[] Route(int type, int family, byte destinationLength, uint flags = 0) =>
        Message(type, Bytes(new Libc.RouteMessage { Family = (byte)family, DestinationLength = destinationLength, Flags = flags }));

    private static byte[] Message(int type, byte[] body) =>
        [.. Bytes(new Libc.NetlinkHeader { Length = (uint)(16 + body.Length), Type = (ushort)type }), .. body];

    private static byte[] Bytes<T>(T value)
        where T : unmanaged
        => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
