using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Marks of lines as a log holds them.</summary>
internal sealed class LineReader
{
    private const int StylesMax = 8192;
    private const int RunBytes = 64 * 1024;

    private ScreenTables _tables = new();
    private readonly Cell[] _cells = new Cell[Screen.SideMax];

    /// <summary>The lines of a log from a number on, oldest first; null for those that it has no more.</summary>
    public void ReadFrom(HistoryLog log, ulong number, Action<LineMark?> take)
    {
        while (number < log.Next)
        {
            int count = log.GetRun(number, RunBytes, out ReadOnlySpan<byte> records);
            if (count == 0)
            {
                take(null);
                number++;
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                _ = HistoryLineReader.TryReadHead(records, number++, out HistoryLineHead head);
                take(MarkOf(records, head));
                records = records[head.Bytes..];
            }
        }
    }

    /// <summary>A line that waits at the client.</summary>
    public LineMark MarkOf(PendingHistory pending, int i)
    {
        HistoryLineHead head = pending.HeadAt(i);
        Span<Cell> cells = _cells.AsSpan(0, head.Width);
        pending.Read(i, FreshTables(), cells);
        return LineMark.Of(cells, _tables, head.Wrapped);
    }

    private LineMark MarkOf(ReadOnlySpan<byte> record, in HistoryLineHead head)
    {
        Span<Cell> cells = _cells.AsSpan(0, head.Width);
        HistoryLineReader.ReadCells(record, FreshTables(), cells);
        return LineMark.Of(cells, _tables, head.Wrapped);
    }

    private ScreenTables FreshTables()
    {
        if (_tables.Styles.Count > StylesMax || _tables.Graphemes.Count > StylesMax || _tables.Links.Count > StylesMax)
        {
            _tables = new ScreenTables();
        }

        return _tables;
    }
}
