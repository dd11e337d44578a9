namespace Roam.Transport;

/// <summary>The receiver's list of the peer's states, sorted by number, at least one. Owns its snapshots.</summary>
internal sealed class ReceivedStates<T>
    where T : class, ISyncState<T>
{
    private Entry[] _entries = new Entry[8];
    private Instant _quenchedUntil = new(long.MinValue);

    internal ReceivedStates(T initial)
    {
        _entries[0] = new Entry(0, initial);
        Count = 1;
    }

    internal int Count { get; private set; }

    internal ulong NewestNumber => _entries[Count - 1].Number;

    internal T Newest => _entries[Count - 1].State;

    internal bool TryFind(ulong number, out T? state)
    {
        int index = IndexOf(number);
        state = index < Count && _entries[index].Number == number ? _entries[index].State : null;
        return state is not null;
    }

    /// <summary>May one more be taken now, given that those below the throwaway number go? At the bound: one in 15 s.</summary>
    internal bool Admits(Instant now, ulong throwaway)
    {
        int left = Count - IndexOf(throwaway);
        if (left <= SspLimits.ReceivedStatesMax)
        {
            return true;
        }

        if (left >= SspLimits.ReceivedStatesHardMax || now < _quenchedUntil)
        {
            return false;
        }

        _quenchedUntil = now.PlusMillis(SspLimits.ReceiveQuenchMillis);
        return true;
    }

    /// <summary>Takes over the snapshot, under a number that is not held.</summary>
    internal void Insert(ulong number, T state)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        int index = IndexOf(number);
        Array.Copy(_entries, index, _entries, index + 1, Count - index);
        _entries[index] = new Entry(number, state);
        Count++;
    }

    /// <summary>Drops states below the number, never the newest. Returns whether any went.</summary>
    internal bool DiscardBelow(ulong throwaway)
    {
        int index = Math.Min(IndexOf(throwaway), Count - 1);
        for (int i = 0; i < index; i++)
        {
            _entries[i].State.Release();
        }

        Array.Copy(_entries, index, _entries, 0, Count - index);
        Array.Clear(_entries, Count - index, index);
        Count -= index;
        return index > 0;
    }

    /// <summary>Drops from every state what the oldest contains; the oldest comes last, since it is the measure.</summary>
    internal void SubtractOldest()
    {
        T prefix = _entries[0].State;
        for (int i = Count - 1; i >= 0; i--)
        {
            _entries[i].State.Subtract(prefix);
        }
    }

    /// <summary>Index of the first state with this number or a higher one.</summary>
    private int IndexOf(ulong number)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].Number < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Entry(ulong Number, T State);
}
