using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>
/// Reads rtnetlink(7) messages as far as the way to one server goes: the kernel's own header, the fixed part of three bodies, and the address in an address message.
/// Whatever is cut short or unknown counts as nothing.
/// </summary>
internal static class RouteMessages
{
    private const int AttributeHeaderBytes = 4;

    /// <param name="datagram">What one read gave: messages one after the other.</param>
    /// <param name="source">The address that we send from, in network order; empty while there is none.</param>
    /// <param name="links">Remembers the state of each link.</param>
    public static RouteNews Read(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> source, LinkTable links)
    {
        RouteNews news = RouteNews.None;
        int headerBytes = Unsafe.SizeOf<Libc.NetlinkHeader>();
        while (datagram.Length >= headerBytes)
        {
            Libc.NetlinkHeader header = MemoryMarshal.Read<Libc.NetlinkHeader>(datagram);
            if (header.Length < headerBytes || header.Length > datagram.Length)
            {
                break;
            }

            RouteNews one = ReadOne(header.Type, datagram[headerBytes..(int)header.Length], source, links);
            news = one > news ? one : news;
            datagram = datagram[Math.Min(Align((int)header.Length), datagram.Length)..];
        }

        return news;
    }

    private static RouteNews ReadOne(ushort type, ReadOnlySpan<byte> body, ReadOnlySpan<byte> source, LinkTable links)
    {
        switch (type)
        {
            case Libc.RTM_NEWLINK or Libc.RTM_DELLINK:
                return ReadLink(type, body, links);
            case Libc.RTM_DELADDR:
                return IsAddress(body, source) ? RouteNews.Matters : RouteNews.MayMatter;
            case Libc.RTM_NEWROUTE or Libc.RTM_DELROUTE:
                return ReadRoute(type, body, source);
            case Libc.RTM_NEWADDR or Libc.RTM_NEWRULE or Libc.RTM_DELRULE:
                return RouteNews.MayMatter;
            default:
                return RouteNews.None;
        }
    }

    private static RouteNews ReadLink(ushort type, ReadOnlySpan<byte> body, LinkTable links)
    {
        if (!MemoryMarshal.TryRead(body, out Libc.LinkMessage link))
        {
            return RouteNews.None;
        }

        if (type == Libc.RTM_DELLINK)
        {
            links.Remove(link.Index);
            return RouteNews.MayMatter;
        }

        return links.Note(link.Index, link.Flags) ? RouteNews.Matters : RouteNews.MayMatter;
    }

    private static RouteNews ReadRoute(ushort type, ReadOnlySpan<byte> body, ReadOnlySpan<byte> source)
    {
        if (!MemoryMarshal.TryRead(body, out Libc.RouteMessage route) || (route.Flags & Libc.RTM_F_CLONED) != 0)
        {
            return RouteNews.None;
        }

        // Another gateway means another NAT, even when our own address stays.
        bool isOurFamily = route.Family == (source.Length == 4 ? Libc.AF_INET : Libc.AF_INET6);
        return type == Libc.RTM_NEWROUTE && route.DestinationLength == 0 && isOurFamily && !source.IsEmpty ? RouteNews.Matters : RouteNews.MayMatter;
    }

    /// <summary>An interface's own address is IFA_LOCAL where that is present (IPv4), else IFA_ADDRESS.</summary>
    private static bool IsAddress(ReadOnlySpan<byte> body, ReadOnlySpan<byte> source)
    {
        int fixedBytes = Unsafe.SizeOf<Libc.AddressMessage>();
        if (source.IsEmpty || body.Length < fixedBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> attributes = body[fixedBytes..];
        while (attributes.Length >= AttributeHeaderBytes)
        {
            int length = MemoryMarshal.Read<ushort>(attributes);
            int kind = MemoryMarshal.Read<ushort>(attributes[2..]);
            if (length < AttributeHeaderBytes || length > attributes.Length)
            {
                return false;
            }

            if (kind is Libc.IFA_LOCAL or Libc.IFA_ADDRESS && attributes[AttributeHeaderBytes..length].SequenceEqual(source))
            {
                return true;
            }

            attributes = attributes[Math.Min(Align(length), attributes.Length)..];
        }

        return false;
    }

    private static int Align(int length) => (length + 3) & ~3;
}
