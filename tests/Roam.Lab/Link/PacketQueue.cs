using System.Diagnostics;

namespace Roam.Lab;

/// <summary>
/// Packets on their way, earliest first (a binary heap; equal times keep their order). All memory is taken once: a packet is read into <see cref="Spare"/> and
/// pushed where it lies. The caller drops packets while <see cref="IsFull"/>.
/// </summary>
internal sealed class PacketQueue
{
    /// <summary>An Ethernet-sized packet fits; links have an MTU of 1,500.</summary>
    public const int PacketBytesMax = 2048;

    /// <summary>Full-sized packets of 1.9 s at 50 Mbit/s; reserved once, and the system gives only pages that are used.</summary>
    public const int PacketsMax = 8192;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(PacketsMax * PacketBytesMax, pinned: true);
    private readonly Entry[] _heap = new Entry[PacketsMax];
    private readonly int[] _free = new int[PacketsMax];
    private long _pushed;

    public PacketQueue()
    {
        for (int i = 0; i < PacketsMax; i++)
        {
            _free[i] = PacketsMax - 1 - i; // low slots first: few pages for few packets
        }
    }

    public int Count { get; private set; }

    public bool IsFull => Count == PacketsMax;

    public long NextDueNanos => Count == 0 ? long.MaxValue : _heap[0].DueNanos;

    /// <summary>Where the next packet is read to. Not while full.</summary>
    public Span<byte> Spare => Slot(_free[PacketsMax - 1 - Count], PacketBytesMax);

    public void Push(int length, long dueNanos, int wire)
    {
        Debug.Assert(!IsFull, "the caller drops packets when the queue is full");
        Entry entry = new() { DueNanos = dueNanos, Order = _pushed++, Slot = _free[PacketsMax - 1 - Count], Length = length, Wire = wire };
        int i = Count++;
        while (i > 0 && entry.IsBefore(_heap[(i - 1) / 2]))
        {
            _heap[i] = _heap[(i - 1) / 2];
            i = (i - 1) / 2;
        }

        _heap[i] = entry;
    }

    /// <summary>The earliest packet; valid until the next push.</summary>
    public ReadOnlySpan<byte> Pop(out int wire)
    {
        Entry first = _heap[0];
        Entry moved = _heap[--Count];
        int i = 0;
        while ((2 * i) + 1 < Count)
        {
            int child = (2 * i) + 1;
            if (child + 1 < Count && _heap[child + 1].IsBefore(_heap[child]))
            {
                child++;
            }

            if (moved.IsBefore(_heap[child]))
            {
                break;
            }

            _heap[i] = _heap[child];
            i = child;
        }

        _heap[i] = moved;
        _free[PacketsMax - 1 - Count] = first.Slot;
        wire = first.Wire;
        return Slot(first.Slot, first.Length);
    }

    private Span<byte> Slot(int slot, int length) => _bytes.AsSpan(slot * PacketBytesMax, length);

    private struct Entry
    {
        public long DueNanos;
        public long Order;
        public int Slot;
        public int Length;
        public int Wire;

        public readonly bool IsBefore(in Entry other) => DueNanos < other.DueNanos || (DueNanos == other.DueNanos && Order < other.Order);
    }
}
