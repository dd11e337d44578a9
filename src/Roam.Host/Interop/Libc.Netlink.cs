using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>linux/netlink.h, linux/rtnetlink.h, linux/if_addr.h, net/if.h. Messages are in the machine's own byte order.</summary>
internal static partial class Libc
{
    public const int AF_NETLINK = 16;
    public const int SOCK_RAW = 3;
    public const int NETLINK_ROUTE = 0;

    // Bit n-1 of the bind mask is group n.
    public const uint RTMGRP_LINK = 0x1;
    public const uint RTMGRP_IPV4_IFADDR = 0x10;
    public const uint RTMGRP_IPV4_ROUTE = 0x40;
    public const uint RTMGRP_IPV4_RULE = 0x80;
    public const uint RTMGRP_IPV6_IFADDR = 0x100;
    public const uint RTMGRP_IPV6_ROUTE = 0x400;
    public const uint RTMGRP_IPV6_RULE = 1U << 18;

    public const int RTM_NEWLINK = 16;
    public const int RTM_DELLINK = 17;
    public const int RTM_NEWADDR = 20;
    public const int RTM_DELADDR = 21;
    public const int RTM_NEWROUTE = 24;
    public const int RTM_DELROUTE = 25;
    public const int RTM_NEWRULE = 32;
    public const int RTM_DELRULE = 33;

    public const int IFA_ADDRESS = 1;
    public const int IFA_LOCAL = 2;
    public const uint IFF_UP = 0x1;
    public const uint IFF_RUNNING = 0x40;
    public const uint RTM_F_CLONED = 0x200;

    [StructLayout(LayoutKind.Sequential)]
    public struct SockAddrNl
    {
        public ushort Family;
        public ushort Padding;
        public uint Pid;
        public uint Groups;
    }

    /// <summary>struct nlmsghdr. The next message begins at the next multiple of 4.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NetlinkHeader
    {
        public uint Length;
        public ushort Type;
        public ushort Flags;
        public uint Sequence;
        public uint Pid;
    }

    /// <summary>struct ifinfomsg: the body of a link message begins with it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LinkMessage
    {
        public byte Family;
        public byte Padding;
        public ushort Type;
        public int Index;
        public uint Flags;
        public uint Change;
    }

    /// <summary>struct ifaddrmsg, followed by attributes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct AddressMessage
    {
        public byte Family;
        public byte PrefixLength;
        public byte Flags;
        public byte Scope;
        public uint Index;
    }

    /// <summary>struct rtmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RouteMessage
    {
        public byte Family;
        public byte DestinationLength;
        public byte SourceLength;
        public byte Tos;
        public byte Table;
        public byte Protocol;
        public byte Scope;
        public byte Type;
        public uint Flags;
    }
}
