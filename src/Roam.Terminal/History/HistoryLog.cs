namespace Roam.Terminal;

/// <summary>
/// The server's side: the newest lines that left the main screen at its top, numbered from 0, as records (<see cref="HistoryFormat"/>). Bounded in lines and bytes; at either limit the oldest
/// lines go. A line is encoded once, when it leaves the screen; nothing is allocated for it in steady state.
/// </summary>
public sealed class HistoryLog
{
    /// <summary>Lines kept unless told otherwise.</summary>
    public const int DefaultLines = 10_000;

    /// <summary>Most that may be asked for.</summary>
    public const int LinesMax = 1_000_000;

    /// <summary>Bytes kept for each line asked for: text of 80 to 200 columns with some colour is well below. Truecolour pictures are not, and fill fewer lines.</summary>
    public const int BytesPerLine = 512;

    internal const int BytesMin = 256 * 1024;

    private readonly HistoryLineWriter _writer = new();
    private readonly List<HistorySegment> _segments = [];
    private readonly int _linesMax;
    private readonly long _bytesMax;

    /// <summary>Index of the oldest segment; what is before it is gone.</summary>
    private int _oldest;
    private HistorySegment? _newest;
    private HistorySegment? _spare;
    private long _bytes;

    public HistoryLog(int linesMax)
    {
        _linesMax = Math.Clamp(linesMax, 1, LinesMax);
        _bytesMax = Math.Max(BytesMin, (long)_linesMax * BytesPerLine);
    }

    /// <summary>Number of the oldest line kept; <see cref="Next"/> when there is none.</summary>
    public ulong First { get; private set; }

    /// <summary>Number that the next line gets.</summary>
    public ulong Next { get; private set; }

    public int Count => (int)(Next - First);

    /// <summary>Bytes held, the segments' spare room included.</summary>
    public long Bytes => _bytes;

    /// <summary>The row that is about to leave the screen, and the one below it.</summary>
    public void Add(Row row, Row next, ScreenTables tables)
    {
        int flags = HistoryLineWriter.FlagsOf(row, next);
        int most = HistoryFormat.HeadBytesMax + row.Cells.Length;
        if (_newest is null || !_newest.HasRoom(most))
        {
            Extend(most);
        }

        int length = HistoryLineWriter.TryWritePlain(row, flags, _newest!.Free);
        if (length != 0)
        {
            _newest.Take(length);
        }
        else
        {
            ReadOnlySpan<byte> record = _writer.WriteRich(row, flags, tables);
            if (!_newest.HasRoom(record.Length))
            {
                Extend(record.Length);
            }

            record.CopyTo(_newest.Free);
            _newest.Take(record.Length);
        }

        Next++;
        if (Next - First > (ulong)_linesMax)
        {
            DropLines();
        }
    }

    /// <summary>Whether the line of that number is kept and is just this row.</summary>
    public bool IsRow(ulong number, Row row, Row next, ScreenTables tables) =>
        TryGet(number, out ReadOnlySpan<byte> record) && record.SequenceEqual(_writer.Write(row, next, tables));

    /// <summary>The record of a line that is kept; a view, until the next line is added.</summary>
    public bool TryGet(ulong number, out ReadOnlySpan<byte> record)
    {
        HistorySegment? segment = SegmentOf(number);
        record = segment is null ? default : segment[number];
        return segment is not null;
    }

    /// <summary>As many whole records from a number on as lie together and fit, at least one; their count. 0: that line is not kept.</summary>
    public int GetRun(ulong number, int bytesMax, out ReadOnlySpan<byte> records)
    {
        records = default;
        return SegmentOf(number)?.Run(number, bytesMax, out records) ?? 0;
    }

    /// <summary>ED 3, RIS: what was kept is forgotten. Numbers go on.</summary>
    public void Clear()
    {
        _segments.Clear();
        _oldest = 0;
        (_newest, _spare) = (null, null);
        _bytes = 0;
        First = Next;
    }

    /// <summary>By halves: a long history has thousands of segments, and every frame asks. Null: that line is not kept.</summary>
    private HistorySegment? SegmentOf(ulong number)
    {
        if (number < First || number >= Next)
        {
            return null;
        }

        int low = _oldest;
        int high = _segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = number < _segments[middle].End ? (low, middle) : (middle + 1, high);
        }

        return _segments[low];
    }

    private void Extend(int bytes)
    {
        HistorySegment segment = _spare is not null && _spare.Capacity >= bytes ? _spare : new HistorySegment(Math.Max(HistorySegment.OrdinaryBytes, bytes));
        _spare = null;
        segment.Start(Next);
        _segments.Add(segment);
        _newest = segment;
        _bytes += segment.Capacity;
        while (_bytes > _bytesMax && _segments.Count - _oldest > 1)
        {
            DropSegment();
        }
    }

    private void DropLines()
    {
        First = Next - (ulong)_linesMax;
        while (_segments.Count - _oldest > 1 && _segments[_oldest].End <= First)
        {
            DropSegment();
        }
    }

    private void DropSegment()
    {
        HistorySegment oldest = _segments[_oldest];
        _segments[_oldest++] = null!;
        if (_oldest > _segments.Count / 2)
        {
            _segments.RemoveRange(0, _oldest);
            _oldest = 0;
        }

        First = Math.Max(First, oldest.End);
        _bytes -= oldest.Capacity;
        if (oldest.Capacity == HistorySegment.OrdinaryBytes)
        {
            _spare = oldest;
        }
    }
}
