using System.Buffers;
using System.Text;

namespace Roam.Terminal;

/// <summary>
/// The kept lines as text for a pipe or a pager, a line at a time, so that a reader that is slow costs no memory. Rows that were wrapped are one line again.
/// What is pushed out of the log while it is being read is said in a line of its own.
/// </summary>
public sealed class HistoryText(HistoryLog log, bool withRenditions)
{
    /// <summary>Fresh tables when these have grown so far: what the lines before used is of no use any more.</summary>
    private const int StylesMax = 4096;

    private ulong _next = log.First;
    private readonly ulong _end = log.Next;
    private ScreenTables _tables = new();
    private Cell[] _cells = [];

    /// <summary>Writes the next row; false when all that was kept at the beginning has been written.</summary>
    public bool TryWriteNext(IBufferWriter<byte> destination)
    {
        if (_next >= _end)
        {
            return false;
        }

        if (!log.TryGet(_next, out ReadOnlySpan<byte> record))
        {
            ulong first = Math.Min(log.First, _end);
            destination.Write(Encoding.ASCII.GetBytes($"[... {first - _next} lines not kept ...]\n"));
            _next = first;
            return true;
        }

        _ = HistoryLineReader.TryReadHead(record, _next++, out HistoryLineHead head);
        if (_tables.Styles.Count > StylesMax || _tables.Graphemes.Count > StylesMax || _tables.Links.Count > StylesMax)
        {
            _tables = new ScreenTables();
        }

        int end = withRenditions ? head.Width : head.Occupied;
        if (_cells.Length < head.Width)
        {
            _cells = new Cell[head.Width];
        }

        Span<Cell> cells = _cells.AsSpan(0, head.Width);
        HistoryLineReader.ReadCells(record, _tables, cells);
        cells = cells[..end];
        if (withRenditions)
        {
            cells = cells[..Math.Max(head.Occupied, cells.LastIndexOfAnyExcept(Cell.Blank(0)) + 1)];
        }

        if (head.EndsInSpacer && cells.Length == head.Width)
        {
            cells = cells[..^1];
        }

        ByteSink sink = new(destination);
        WriteCells(ref sink, cells);
        if (!head.Wrapped || _next == _end)
        {
            sink.Put((byte)'\n');
        }

        sink.Flush();
        return true;
    }

    private void WriteCells(ref ByteSink sink, ReadOnlySpan<Cell> cells)
    {
        ushort style = 0;
        ushort link = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Cell cell in cells)
        {
            if (cell.IsSpacer)
            {
                continue;
            }

            if (withRenditions && cell.Link != link)
            {
                link = cell.Link;
                WriteLink(ref sink, link);
            }

            if (withRenditions && cell.Style != style)
            {
                style = cell.Style;
                Style rendition = _tables.Styles[style];
                SgrWriter.WriteBasic(ref sink, rendition);
                SgrWriter.WriteExtended(ref sink, rendition, rendition.Attributes, colonForms: true);
            }

            if (cell.IsGrapheme)
            {
                sink.Put(Encoding.UTF8.GetBytes(_tables.Graphemes[cell.Content]));
            }
            else
            {
                int length = new Rune(cell.Content).EncodeToUtf8(utf8);
                sink.Put(utf8[..length]);
            }
        }

        if (style != 0)
        {
            sink.Put("\e[0m"u8);
        }

        if (link != 0)
        {
            WriteLink(ref sink, 0);
        }
    }

    private void WriteLink(ref ByteSink sink, ushort link)
    {
        sink.Put("\e]8;"u8);
        sink.Put(link == 0 ? ";"u8 : Encoding.UTF8.GetBytes(_tables.Links[link]));
        sink.Put("\e\\"u8);
    }
}
