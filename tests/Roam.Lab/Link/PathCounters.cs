namespace Roam.Lab;

/// <summary>What went into one direction of a link and what became of it. Written by the link's thread, read by others.</summary>
internal sealed class PathCounters
{
    private const int Ports = 65536;

    private readonly long[] _portPackets = new long[Ports];
    private readonly long[] _portBytes = new long[Ports];
    private readonly long[] _fates = new long[Enum.GetValues<PacketFate>().Length];
    private long _packets;
    private long _bytes;
    private long _longestQueueNanos;

    /// <summary>Sent into the link, lost ones too.</summary>
    public long Packets => Volatile.Read(ref _packets);

    public long Bytes => Volatile.Read(ref _bytes);

    public double LongestQueueMillis => MonotonicClock.ToMillis(Volatile.Read(ref _longestQueueNanos));

    public long Of(PacketFate fate) => Volatile.Read(ref _fates[(int)fate]);

    public long PacketsOf(int port) => Volatile.Read(ref _portPackets[port]);

    public long BytesOf(int port) => Volatile.Read(ref _portBytes[port]);

    public void Count(int port, int lengthBytes, PacketFate fate, long queueNanos)
    {
        Volatile.Write(ref _packets, _packets + 1);
        Volatile.Write(ref _bytes, _bytes + lengthBytes);
        Volatile.Write(ref _portPackets[port], _portPackets[port] + 1);
        Volatile.Write(ref _portBytes[port], _portBytes[port] + lengthBytes);
        Volatile.Write(ref _fates[(int)fate], _fates[(int)fate] + 1);
        Volatile.Write(ref _longestQueueNanos, Math.Max(_longestQueueNanos, queueNanos));
    }

    public override string ToString() =>
        $"{Packets} packets, {Bytes} bytes, {Of(PacketFate.Carried)} carried, {Of(PacketFate.Lost)} lost, {Of(PacketFate.QueueFull)} dropped by the queue, "
        + $"{Of(PacketFate.TooLong)} too long, longest queue {LongestQueueMillis:F1} ms";
}
