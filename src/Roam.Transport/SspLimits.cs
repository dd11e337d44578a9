namespace Roam.Transport;

/// <summary>The named bounds of the protocol (ssp.md), and what happens at each.</summary>
public static class SspLimits
{
    public const uint ProtocolVersion = 2;

    /// <summary>Largest datagram taken; a longer one is not authentic for us. Stock sends at most 1252.</summary>
    public const int ReceiveBytesMax = 2048;

    /// <summary>Datagrams are cut for an IP packet of this size, which every IPv6 link carries.</summary>
    public const int PacketBytes = 1280;

    /// <summary>IPv4 header and UDP header.</summary>
    public const int IPv4OverheadBytes = 28;

    /// <summary>IPv6 header, room for extension headers, UDP header.</summary>
    public const int IPv6OverheadBytes = 64;

    /// <summary>At most so much of a packet is kept free for what the host puts before a datagram.</summary>
    public const int ReservedBytesMax = 128;

    /// <summary>The size to fall to when the system refuses a datagram as too long.</summary>
    public const int FallbackDatagramBytes = 500;

    /// <summary>Serialised instruction, before compression or after decompression; a longer one is dropped.</summary>
    public const int InstructionBytesMax = 4 * 1024 * 1024;

    /// <summary>The instruction's numbers, chaff and field headers fit in the rest. A local state must not write a longer diff.</summary>
    public const int DiffBytesMax = InstructionBytesMax - 128;

    /// <summary>Compressed bytes gathered for one instruction: incompressible data grows a little.</summary>
    public const int AssemblyBytesMax = InstructionBytesMax + (64 * 1024);

    /// <summary>Beyond this many, the state 16 from the end of the list is forgotten.</summary>
    public const int SentStatesMax = 32;
    public const int SentStateDroppedFromEnd = 16;

    /// <summary>While more than this many are held, one new state is taken in <see cref="ReceiveQuenchMillis"/>.</summary>
    public const int ReceivedStatesMax = 1024;
    public const long ReceiveQuenchMillis = 15_000;

    /// <summary>No state at all is taken beyond this many: reached only by four hours of a peer that never lets go of its oldest state.</summary>
    public const int ReceivedStatesHardMax = 2048;

    public const int ChaffBytesMax = 16;

    /// <summary>The state number that says: this is the end. Also its acknowledgement.</summary>
    public const ulong ShutdownNumber = ulong.MaxValue;
    public const int ShutdownTriesMax = 16;
    public const long ShutdownMillisMax = 10_000;

    /// <summary>The server forgets the address of a client that it has not heard for so long.</summary>
    public const long PeerSilentMillis = 40_000;

    /// <summary>The client changes its port so long after the last choice of a port and the last confirmed round trip.</summary>
    public const long PortHopMillis = 10_000;

    /// <summary>After a change of the path the next datagram goes at once, but not sooner after the last: a peer whose address flaps is not answered more often.</summary>
    public const long PathChangeGapMillis = 20;

    /// <summary>A send that the system refused (no route) is tried again after the first, then after doubling pauses up to the second.</summary>
    public const long SendRetryMillisMin = 100;
    public const long SendRetryMillisMax = 1000;

    /// <summary>A peer timestamp is answered only if it was saved less than this ago.</summary>
    public const long TimestampHeldMillisMax = 1000;

    /// <summary>Subtracted from the timestamp of a packet marked "congestion experienced": the sender sees a longer round trip and slows down.</summary>
    public const int CongestionPenaltyMillis = 500;

    /// <summary>AES blocks under one key; RFC 7253 section 5 asks for less than 2^48 in all.</summary>
    public const ulong KeyBlocksMax = 1UL << 47;
}
