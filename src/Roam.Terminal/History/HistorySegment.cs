namespace Roam.Terminal;

/// <summary>A piece of <see cref="HistoryLog"/>: records one after another, and where each begins.</summary>
internal sealed class HistorySegment(int capacity)
{
    /// <summary>Below what the runtime calls a large object, so that a segment is moved and freed like others.</summary>
    internal const int OrdinaryBytes = 64 * 1024;

    private readonly byte[] _bytes = new byte[capacity];
    private int[] _ends = new int[64];
    private int _count;
    private int _length;

    internal int Capacity => _bytes.Length;

    /// <summary>Number of the first line.</summary>
    internal ulong Begin { get; private set; }

    /// <summary>Number after the last line.</summary>
    internal ulong End => Begin + (ulong)_count;

    internal Span<byte> Free => _bytes.AsSpan(_length);

    internal ReadOnlySpan<byte> this[ulong number]
    {
        get
        {
            int i = (int)(number - Begin);
            int from = StartOf(i);
            return _bytes.AsSpan(from, _ends[i] - from);
        }
    }

    internal void Start(ulong begin)
    {
        Begin = begin;
        (_count, _length) = (0, 0);
    }

    internal bool HasRoom(int bytes) => _bytes.Length - _length >= bytes;

    /// <summary>The next record was written at the beginning of <see cref="Free"/>.</summary>
    internal void Take(int bytes)
    {
        if (_count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        _length += bytes;
        _ends[_count++] = _length;
    }

    internal int Run(ulong number, int bytesMax, out ReadOnlySpan<byte> records)
    {
        int i = (int)(number - Begin);
        int from = StartOf(i);
        int past = i + 1;
        while (past < _count && _ends[past] - from <= bytesMax)
        {
            past++;
        }

        records = _bytes.AsSpan(from, _ends[past - 1] - from);
        return past - i;
    }

    private int StartOf(int i) => i == 0 ? 0 : _ends[i - 1];
}
