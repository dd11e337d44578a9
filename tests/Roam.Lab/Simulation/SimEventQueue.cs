namespace Roam.Lab;

/// <summary>A binary heap by (time, sequence): events of the same time come out in the order in which they went in.</summary>
internal sealed class SimEventQueue
{
    private readonly List<SimEvent> _heap = [];
    private long _sequence;

    public int Count => _heap.Count;

    public long NextMicros => _heap.Count == 0 ? long.MaxValue : _heap[0].TimeMicros;

    public void Add(long timeMicros, SimEventKind kind, SimPacket? packet = null, Action? step = null)
    {
        _heap.Add(new SimEvent(timeMicros, _sequence++, kind, packet, step));
        int i = _heap.Count - 1;
        while (i > 0)
        {
            int parent = (i - 1) / 2;
            if (!IsBefore(i, parent))
            {
                break;
            }

            (_heap[i], _heap[parent]) = (_heap[parent], _heap[i]);
            i = parent;
        }
    }

    public SimEvent Take()
    {
        SimEvent first = _heap[0];
        _heap[0] = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        int i = 0;
        while (true)
        {
            int child = (2 * i) + 1;
            if (child >= _heap.Count)
            {
                return first;
            }

            if (child + 1 < _heap.Count && IsBefore(child + 1, child))
            {
                child++;
            }

            if (!IsBefore(child, i))
            {
                return first;
            }

            (_heap[i], _heap[child]) = (_heap[child], _heap[i]);
            i = child;
        }
    }

    private bool IsBefore(int a, int b) =>
        _heap[a].TimeMicros < _heap[b].TimeMicros || (_heap[a].TimeMicros == _heap[b].TimeMicros && _heap[a].Sequence < _heap[b].Sequence);
}
