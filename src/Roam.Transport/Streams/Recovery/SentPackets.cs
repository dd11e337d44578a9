namespace Roam.Transport;

/// <summary>Datagrams sent and not done with, by ascending number, in a ring that grows to <see cref="StreamLimits.PacketsInFlightMax"/>. Numbers between them were instructions or bare acknowledgements.</summary>
internal sealed class SentPackets
{
    private const int PacketsAtFirst = 16;

    private SentPacket[] _ring = [];
    private int _head;

    internal int Count { get; private set; }

    internal bool IsFull => Count == StreamLimits.PacketsInFlightMax;

    internal ref SentPacket this[int index] => ref _ring[(_head + index) & (_ring.Length - 1)];

    /// <summary>A cleared entry at the end; not when it is full.</summary>
    internal ref SentPacket Add()
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        ref SentPacket added = ref this[Count++];
        added = default;
        return ref added;
    }

    internal void RemoveOldest()
    {
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
    }

    /// <summary>The first whose number is as large or larger; Count when none is.</summary>
    internal int FirstFrom(ulong number)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (this[middle].Number >= number)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private void Grow()
    {
        SentPacket[] larger = new SentPacket[Math.Max(PacketsAtFirst, _ring.Length * 2)];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        (_ring, _head) = (larger, 0);
    }
}
