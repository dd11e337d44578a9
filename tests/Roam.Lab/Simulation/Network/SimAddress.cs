using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>A place in the simulated network: which network the client sits in (changes when it roams or its NAT forgets it) and which of its sockets.</summary>
internal readonly record struct SimAddress(int Network, int Port)
{
    private const ushort FamilyIPv4 = 2;

    /// <summary>In the place of a network: a stream through ssh, whose number is the port.</summary>
    private const int CarriedNetwork = -1;

    public bool IsCarried => Network == CarriedNetwork;

    public static SimAddress Carried(int number) => new(CarriedNetwork, number);

    /// <summary>struct sockaddr_in, as the core gets it from the host.</summary>
    public PeerAddress ToPeer()
    {
        if (IsCarried)
        {
            return PeerAddress.Carried(Port);
        }

        Span<byte> sockaddr = stackalloc byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(sockaddr, FamilyIPv4);
        BinaryPrimitives.WriteUInt16BigEndian(sockaddr[2..], (ushort)Port);
        BinaryPrimitives.WriteInt32BigEndian(sockaddr[4..], Network);
        return new PeerAddress(sockaddr, isIPv6: false);
    }

    public static SimAddress FromPeer(in PeerAddress peer)
    {
        Span<byte> sockaddr = stackalloc byte[PeerAddress.BytesMax];
        peer.CopyTo(sockaddr);
        if (peer.IsCarried)
        {
            return Carried(BinaryPrimitives.ReadInt32BigEndian(sockaddr[1..]));
        }

        return new SimAddress(BinaryPrimitives.ReadInt32BigEndian(sockaddr[4..]), BinaryPrimitives.ReadUInt16BigEndian(sockaddr[2..]));
    }
}
