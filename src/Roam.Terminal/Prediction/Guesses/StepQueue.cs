namespace Roam.Terminal;

/// <summary>Keys that move something by rows (a pager's text, a list's bar) and are not answered yet, oldest first.</summary>
internal sealed class StepQueue
{
    /// <summary>At the limit further keys are not shown.</summary>
    public const int Capacity = 32;

    private readonly ScrollKey[] _keys = new ScrollKey[Capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>Moves recognised so far.</summary>
    public int Moves { get; private set; }

    /// <summary>The direction in which the last keys answered should have moved something and did not; 0: they did.</summary>
    public int StuckDirection { get; private set; }

    /// <summary>What every key not answered yet does is known, and the newest is trusted.</summary>
    public bool IsShown
    {
        get
        {
            bool isKnown = Count != 0 && _keys[Count - 1].IsTrusted;
            for (int i = 0; i < Count; i++)
            {
                isKnown &= _keys[i].Rows != 0;
            }

            return isKnown;
        }
    }

    public int SumOfRows
    {
        get
        {
            int rows = 0;
            for (int i = 0; i < Count; i++)
            {
                rows += _keys[i].Rows;
            }

            return rows;
        }
    }

    public void Push(in ScrollKey key) => _keys[Count++] = key;

    public void Clear() => Count = 0;

    public void Forget()
    {
        Count = 0;
        Moves = 0;
    }

    /// <summary>A new picture came: learns what the keys answered by it did.</summary>
    /// <param name="moved">By how many rows things moved; null: it is another picture.</param>
    /// <param name="lateAcked">The picture's echo ack.</param>
    /// <param name="records">What is known of the keys.</param>
    public void Settle(int? moved, ulong lateAcked, Recollection<ScrollRecord> records)
    {
        StuckDirection = 0;
        int due = 0;
        while (due < Count && _keys[due].DueFrame <= lateAcked)
        {
            due++;
        }

        if (moved is null)
        {
            Drop(Math.Min(Count, Math.Max(due, 1)));
            return;
        }

        if (moved == 0)
        {
            CountAll(due, records);
            return;
        }

        Moves++;
        int sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += _keys[i].Rows;
            if (_keys[i].Rows != 0 && sum == moved)
            {
                for (int k = 0; k <= i; k++)
                {
                    records.Of(_keys[k].Context).Count(_keys[k].Rows);
                }

                Drop(i + 1);
                CountAll(due - i - 1, records);
                return;
            }
        }

        if (Count != 0)
        {
            ulong context = _keys[0].Context;
            records.Of(context).Count(moved.Value);
            Drop(Math.Max(due, 1));
            Tell(context, records.Of(context).Rows);
        }
    }

    /// <summary>What was learnt of a key holds for those of it that are still on their way.</summary>
    private void Tell(ulong context, int rows)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_keys[i].Context == context && _keys[i].Rows == 0)
            {
                _keys[i] = _keys[i] with { Rows = rows };
            }
        }
    }

    /// <summary>They moved nothing: what is known to move stands at its end.</summary>
    private void CountAll(int count, Recollection<ScrollRecord> records)
    {
        for (int i = 0; i < count; i++)
        {
            if (_keys[i].IsTrusted)
            {
                StuckDirection = Math.Sign(_keys[i].Rows);
            }
            else
            {
                records.Of(_keys[i].Context).Count(0);
            }
        }

        Drop(Math.Max(0, count));
    }

    private void Drop(int count)
    {
        _keys.AsSpan(count, Count - count).CopyTo(_keys);
        Count -= count;
    }
}
