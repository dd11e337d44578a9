namespace Roam.Transport;

/// <summary>
/// The sender's list: the first is the newest state known to be acknowledged, the last is the last one sent. Owns its snapshots.
/// Each entry remembers whether its content equals the last one's, so that asking costs nothing.
/// </summary>
internal sealed class SentStates<T>
    where T : class, ISyncState<T>
{
    private readonly Entry[] _entries = new Entry[SspLimits.SentStatesMax + 1];

    internal SentStates(T initial, Instant now)
    {
        _entries[0] = new Entry(0, now, initial, true);
        Count = 1;
    }

    internal int Count { get; private set; }

    internal ref readonly Entry First => ref _entries[0];

    internal ref readonly Entry Last => ref _entries[Count - 1];

    /// <summary>The oldest held state with the last one's content.</summary>
    internal ref readonly Entry OldestLikeLast
    {
        get
        {
            int index = 0;
            while (!_entries[index].EqualsLast)
            {
                index++;
            }

            return ref _entries[index];
        }
    }

    internal ref readonly Entry this[int index] => ref _entries[index];

    /// <summary>Takes over the snapshot. At the bound the state 16 from the end goes: old enough to be lost, new enough that the acknowledged one stays.</summary>
    internal void Add(ulong number, Instant now, T state, bool sameContent)
    {
        if (!sameContent)
        {
            for (int i = 0; i < Count; i++)
            {
                _entries[i].EqualsLast = _entries[i].State.ContentEquals(state);
            }
        }

        _entries[Count++] = new Entry(number, now, state, true) { ChangesContent = !sameContent };
        if (Count > SspLimits.SentStatesMax)
        {
            RemoveAt(Count - SspLimits.SentStateDroppedFromEnd);
        }
    }

    /// <summary>When the oldest state with something new beyond the acknowledged one first left; Never when there is none. Bare acknowledgements are no such states (timing.md, pitfall 2).</summary>
    internal Instant OldestChangeAt
    {
        get
        {
            for (int i = 1; i < Count; i++)
            {
                if (_entries[i].ChangesContent)
                {
                    return _entries[i].FirstSentAt;
                }
            }

            return Instant.Never;
        }
    }

    /// <summary>When the oldest unacknowledged state of long datagrams first left; Never when there is none.</summary>
    internal Instant OldestLongAt
    {
        get
        {
            for (int i = 1; i < Count; i++)
            {
                if (_entries[i].IsLong)
                {
                    return _entries[i].FirstSentAt;
                }
            }

            return Instant.Never;
        }
    }

    /// <summary>The last state went out once more.</summary>
    internal void Touch(Instant now)
    {
        _entries[Count - 1].SentAt = now;
        _entries[Count - 1].IsLost = false;
    }

    /// <summary>An instruction with the state did not arrive. False when it is acknowledged, changes nothing, or has left again since.</summary>
    internal bool MarkLost(ulong number, Instant sentAt)
    {
        for (int i = Count - 1; i > 0; i--)
        {
            if (_entries[i].Number == number)
            {
                bool isLost = _entries[i].SentAt == sentAt && _entries[i].ChangesContent;
                _entries[i].IsLost |= isLost;
                return isLost;
            }
        }

        return false;
    }

    /// <summary>How the last state was cut this time.</summary>
    internal void NoteCut(Instant now, bool isLong, bool isCutShort)
    {
        _entries[Count - 1].IsLong |= isLong;
        if (isCutShort && _entries[Count - 1].CutShortAt == Instant.Never)
        {
            _entries[Count - 1].CutShortAt = now;
        }
    }

    internal void SetWireBytes(int wireBytes) => _entries[Count - 1].WireBytes = wireBytes;

    internal void MarkEqualsLast(int index) => _entries[index].EqualsLast = true;

    /// <summary>Drops all states older than the acknowledged one; false when no such number is held.</summary>
    /// <param name="number">The state that the peer has.</param>
    /// <param name="settled">What is known of the states that this settles.</param>
    internal bool Acknowledge(ulong number, out Settled settled)
    {
        settled = default;
        int index = 0;
        while (index < Count && _entries[index].Number != number)
        {
            index++;
        }

        if (index == Count)
        {
            return false;
        }

        for (int i = 0; i < index; i++)
        {
            _entries[i].State.Release();
            if (_entries[i + 1].ChangesContent && !settled.HasContent)
            {
                (settled.HasContent, settled.FirstSentAt) = (true, _entries[i + 1].FirstSentAt);
            }

            settled.WireBytes += _entries[i + 1].WireBytes;
            settled.HasLong |= _entries[i + 1].IsLong;
        }

        Array.Copy(_entries, index, _entries, 0, Count - index);
        Array.Clear(_entries, Count - index, index);
        Count -= index;
        return true;
    }

    /// <summary>Drops from every state what the first contains; the first comes last, since it is the measure.</summary>
    internal void SubtractFirst()
    {
        T prefix = _entries[0].State;
        for (int i = Count - 1; i >= 0; i--)
        {
            _entries[i].State.Subtract(prefix);
        }
    }

    private void RemoveAt(int index)
    {
        _entries[index].State.Release();
        _entries[index + 1].ChangesContent |= _entries[index].ChangesContent;
        Array.Copy(_entries, index + 1, _entries, index, Count - index - 1);
        _entries[--Count] = default;
    }

    /// <summary>The states that one acknowledgement settles, taken together.</summary>
    internal struct Settled
    {
        /// <summary>One of them changed something.</summary>
        internal bool HasContent;

        /// <summary>When the oldest that did first left.</summary>
        internal Instant FirstSentAt;

        /// <summary>One of them was sent in long datagrams.</summary>
        internal bool HasLong;

        /// <summary>What they weighed.</summary>
        internal int WireBytes;
    }

    internal struct Entry(ulong number, Instant sentAt, T state, bool equalsLast)
    {
        internal readonly ulong Number = number;
        internal readonly T State = state;
        internal readonly Instant FirstSentAt = sentAt;
        internal Instant SentAt = sentAt;

        /// <summary>Differs from the state before it.</summary>
        internal bool ChangesContent;

        /// <summary>Known not to have arrived when it last left.</summary>
        internal bool IsLost;

        /// <summary>Some sending of it had a datagram longer than every path carries.</summary>
        internal bool IsLong;

        /// <summary>When it was first cut into short datagrams because long ones had stayed unanswered; else Never.</summary>
        internal Instant CutShortAt = Instant.Never;

        /// <summary>Of its first sending: all datagrams, as UDP carries them.</summary>
        internal int WireBytes;
        internal bool EqualsLast = equalsLast;
    }
}
