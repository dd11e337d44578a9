namespace Roam.Transport;

/// <summary>Disjoint ranges of numbers, ascending, each from its start to before its end. At most as many as given; what happens beyond is the caller's choice of method.</summary>
internal sealed class RangeSet(int rangesMax)
{
    private const int RangesAtFirst = 8;

    /// <summary>A longer list is not kept once it is cleared.</summary>
    private const int RangesKept = 32;

    private (ulong Start, ulong End)[] _ranges = [];

    internal int Count { get; private set; }

    internal bool IsEmpty => Count == 0;

    internal ulong StartOf(int index) => _ranges[index].Start;

    internal ulong EndOf(int index) => _ranges[index].End;

    /// <summary>The range that holds the number; negative when none does.</summary>
    internal int IndexOf(ulong value)
    {
        int index = FirstEndingAfter(value);
        return index < Count && _ranges[index].Start <= value ? index : -1;
    }

    internal bool Contains(ulong value) => IndexOf(value) >= 0;

    /// <summary>False, and nothing is changed, when the range touches no other and there is no place for one more.</summary>
    internal bool TryAdd(ulong start, ulong end)
    {
        if (start >= end)
        {
            return true;
        }

        // Mostly at the end.
        if (Count > 0 && _ranges[Count - 1].End == start)
        {
            _ranges[Count - 1].End = end;
            return true;
        }

        // From the first range that ends at or after the start to before the first that begins after the end: all of them become one.
        int from = start == 0 ? 0 : FirstEndingAfter(start - 1);
        int to = from;
        while (to < Count && _ranges[to].Start <= end)
        {
            to++;
        }

        if (from == to)
        {
            return TryInsert(from, start, end);
        }

        _ranges[from] = (Math.Min(start, _ranges[from].Start), Math.Max(end, _ranges[to - 1].End));
        RemoveRanges(from + 1, to);
        return true;
    }

    /// <summary>When there is no place for one more, the gap to a neighbour is added too.</summary>
    internal void AddOrJoin(ulong start, ulong end)
    {
        if (TryAdd(start, end))
        {
            return;
        }

        int next = FirstEndingAfter(start);
        if (next < Count)
        {
            _ranges[next].Start = start;
        }
        else
        {
            _ranges[Count - 1].End = end;
        }
    }

    internal void Remove(ulong start, ulong end)
    {
        if (start >= end || Count == 0)
        {
            return;
        }

        int index = FirstEndingAfter(start);
        if (index < Count && _ranges[index].Start < start && _ranges[index].End > end)
        {
            // In the middle of one. Without a place for the second half it is kept whole.
            if (TryInsert(index + 1, end, _ranges[index].End))
            {
                _ranges[index].End = start;
            }

            return;
        }

        if (index < Count && _ranges[index].Start < start)
        {
            _ranges[index].End = start;
            index++;
        }

        int to = index;
        while (to < Count && _ranges[to].End <= end)
        {
            to++;
        }

        if (to < Count && _ranges[to].Start < end)
        {
            _ranges[to].Start = end;
        }

        RemoveRanges(index, to);
    }

    internal void RemoveLowest() => RemoveRanges(0, 1);

    internal void Clear()
    {
        Count = 0;
        _ranges = _ranges.Length > RangesKept ? [] : _ranges;
    }

    /// <summary>The first range that holds the number or lies above it; Count when there is none.</summary>
    internal int FirstEndingAfter(ulong value)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].End > value)
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

    private bool TryInsert(int index, ulong start, ulong end)
    {
        if (Count == rangesMax)
        {
            return false;
        }

        if (Count == _ranges.Length)
        {
            Array.Resize(ref _ranges, Math.Min(Math.Max(Count * 2, RangesAtFirst), rangesMax));
        }

        Array.Copy(_ranges, index, _ranges, index + 1, Count - index);
        _ranges[index] = (start, end);
        Count++;
        return true;
    }

    private void RemoveRanges(int from, int to)
    {
        Array.Copy(_ranges, to, _ranges, from, Count - to);
        Count -= to - from;
    }
}
