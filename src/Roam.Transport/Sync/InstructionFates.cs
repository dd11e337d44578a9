namespace Roam.Transport;

/// <summary>Instructions that went out lately, by the numbers of their datagrams: acknowledgements of streams tell which of them are lost, long before a timeout would.</summary>
internal sealed class InstructionFates
{
    /// <summary>With more of them on the way the oldest is left to its timeout.</summary>
    private const int KeptMax = 32;

    private readonly Entry[] _kept = new Entry[KeptMax];
    private int _count;

    internal void Begin(ulong number, Instant at, ulong state, bool saysAckFirst)
    {
        if (_count == KeptMax)
        {
            Remove(0);
        }

        _kept[_count++] = new Entry(number, at, state, saysAckFirst);
    }

    /// <summary>Its next datagram has the number.</summary>
    internal void Extend(ulong number) => _kept[_count - 1].Last = number;

    /// <summary>The oldest that is lost, and forgets it and all whose fate is known.</summary>
    internal bool TryTakeLost(StreamSet streams, out Entry lost)
    {
        for (int i = 0; i < _count;)
        {
            bool hasArrived = true;
            bool isLost = false;
            for (ulong number = _kept[i].First; number <= _kept[i].Last && !isLost; number++)
            {
                isLost = streams.IsLost(number);
                hasArrived &= streams.HasArrived(number);
            }

            lost = _kept[i];
            if (isLost)
            {
                Remove(i);
                return true;
            }

            if (hasArrived)
            {
                Remove(i);
            }
            else
            {
                i++;
            }
        }

        lost = default;
        return false;
    }

    private void Remove(int index)
    {
        Array.Copy(_kept, index + 1, _kept, index, _count - index - 1);
        _count--;
    }

    internal struct Entry(ulong first, Instant at, ulong state, bool saysAckFirst)
    {
        internal readonly ulong First = first;
        internal readonly Instant At = at;

        /// <summary>The state that it makes at the peer.</summary>
        internal readonly ulong State = state;

        /// <summary>No instruction before it said its acknowledgement.</summary>
        internal readonly bool SaysAckFirst = saysAckFirst;
        internal ulong Last = first;
    }
}
