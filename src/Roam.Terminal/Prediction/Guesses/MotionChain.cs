namespace Roam.Terminal;

/// <summary>The motion keys that are not answered yet, oldest first, and the column that vertical ones strive for.</summary>
internal sealed class MotionChain
{
    /// <summary>At the limit nothing more is added until some are answered.</summary>
    public const int Capacity = 64;

    private readonly MotionPoint[] _points = new MotionPoint[Capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>Of the last vertical motion; -1 when the last key was another.</summary>
    public int GoalColumn { get; set; } = -1;

    public MotionPoint Newest => _points[Count - 1];

    public MotionPoint this[int index] => _points[index];

    public void Push(in MotionPoint point) => _points[Count++] = point;

    public void Clear()
    {
        Count = 0;
        GoalColumn = -1;
    }

    public void DropThrough(int index)
    {
        _points.AsSpan(index + 1, Count - index - 1).CopyTo(_points);
        Count -= index + 1;
    }

    public int NewestDue(ulong lateAcked)
    {
        int due = -1;
        while (due + 1 < Count && _points[due + 1].DueFrame <= lateAcked)
        {
            due++;
        }

        return due;
    }
}
