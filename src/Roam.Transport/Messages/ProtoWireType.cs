namespace Roam.Transport;

/// <summary>Wire types of Protocol Buffers (encoding guide, "Message Structure").</summary>
public enum ProtoWireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}
