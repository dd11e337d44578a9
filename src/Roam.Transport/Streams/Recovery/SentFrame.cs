namespace Roam.Transport;

/// <summary>What must be done again when a datagram is lost: a frame without its bytes, which the stream still has.</summary>
internal readonly record struct SentFrame(FrameType Type, ulong Id, ulong Offset, int Length, bool IsFinal);
