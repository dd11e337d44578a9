namespace Roam.Terminal;

/// <summary>Where the cursor is guessed to stand after each key that is not answered yet, oldest first. The newest is where typing goes on.</summary>
internal sealed class CursorTrail
{
    /// <summary>At the limit the oldest point is forgotten: its key is not judged by the cursor then.</summary>
    public const int Capacity = 128;

    private readonly TrailPoint[] _points = new TrailPoint[Capacity];
    private int _count;

    public int Count => _count;

    public bool IsEmpty => _count == 0;

    /// <summary>There must be one.</summary>
    public TrailPoint Newest => _points[_count - 1];

    public TrailPoint this[int index] => _points[index];

    public void Push(in TrailPoint point)
    {
        if (_count == Capacity)
        {
            _points.AsSpan(1).CopyTo(_points);
            _count--;
        }

        _points[_count++] = point;
    }

    public void Clear() => _count = 0;

    public void DropBefore(int index)
    {
        _points.AsSpan(index, _count - index).CopyTo(_points);
        _count -= index;
    }

    /// <summary>The newest point that a screen with this echo ack must have reached; -1 when there is none.</summary>
    public int NewestDue(ulong lateAcked)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_points[i].DueFrame <= lateAcked)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether the cursor stands at a point from the given one on.</summary>
    public bool Passes(in Cursor cursor, int fromIndex)
    {
        for (int i = fromIndex; i < _count; i++)
        {
            if (_points[i].IsAt(cursor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the cursor stands where this key, or a later one, takes it.</summary>
    public bool PassesKey(in Cursor cursor, long key)
    {
        for (int i = _count - 1; i >= 0 && _points[i].Key >= key; i--)
        {
            if (_points[i].IsAt(cursor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The newest point of an epoch up to the given one.</summary>
    public bool TryFindShown(long confirmedEpoch, out TrailPoint point)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_points[i].Epoch <= confirmedEpoch)
            {
                point = _points[i];
                return true;
            }
        }

        point = default;
        return false;
    }
}
