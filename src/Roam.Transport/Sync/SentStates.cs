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

        _entries[Count++] = new Entry(number, now, state, true);
        if (Count > SspLimits.SentStatesMax)
        {
            RemoveAt(Count - SspLimits.SentStateDroppedFromEnd);
        }
    }

    /// <summary>The last state went out once more.</summary>
    internal void Touch(Instant now) => _entries[Count - 1].SentAt = now;

    internal void MarkEqualsLast(int index) => _entries[index].EqualsLast = true;

    /// <summary>Drops all states older than the acknowledged one; false when no such number is held.</summary>
    internal bool Acknowledge(ulong number)
    {
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
        Array.Copy(_entries, index + 1, _entries, index, Count - index - 1);
        _entries[--Count] = default;
    }

    internal struct Entry(ulong number, Instant sentAt, T state, bool equalsLast)
    {
        internal readonly ulong Number = number;
        internal readonly T State = state;
        internal Instant SentAt = sentAt;
        internal bool EqualsLast = equalsLast;
    }
}
