namespace Roam.Lab;

/// <summary>One entry of the queue; what the argument means depends on the kind.</summary>
internal readonly record struct SimEvent(long TimeMicros, long Sequence, SimEventKind Kind, SimPacket? Packet, Action? Step);
