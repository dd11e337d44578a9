namespace Roam.Transport;

/// <summary>Frame types: those of RFC 9000, section 19, where it has the same; ours from 0x20 on.</summary>
internal enum FrameType : byte
{
    Padding = 0x00,
    Ping = 0x01,
    Ack = 0x02,
    Reset = 0x04,
    Stop = 0x05,

    /// <summary>To 0x0F: with the bits of <see cref="FrameWriter"/>.</summary>
    Stream = 0x08,
    MaxData = 0x10,
    MaxStreamData = 0x11,
    MaxStreams = 0x12,
    PathChallenge = 0x1A,
    PathResponse = 0x1B,
    Open = 0x20,
    Opened = 0x21,
    Refused = 0x22,
    Datagram = 0x31,
}
