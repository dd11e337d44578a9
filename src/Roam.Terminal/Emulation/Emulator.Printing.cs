using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>Graphic characters: runs of ASCII in one go, all others one by one.</summary>
public sealed partial class Emulator
{
    private const int ReplacementCharacter = 0xFFFD;

    /// <summary>Last graphic character, for REP and clusters; 0 = something else came after it, negative = only SGR did.</summary>
    private int _lastGraphic;

    /// <summary>Where the last character went and where it left the cursor: without autowrap the cursor may stay on the character, and a mark behind it belongs there.</summary>
    private (int Row, int CursorColumn, int Column) _lastWritten;

    internal void PrintAscii(ReadOnlySpan<byte> text)
    {
        if (_modes.Clusters && JoinPrepended(ref text))
        {
            return;
        }

        if (_modes.Insert || !_charsets.IsPlain)
        {
            foreach (byte b in text)
            {
                PutCharacter(_charsets.Translate(b), 1);
            }

            return;
        }

        Screen screen = Screen;
        ulong attributes = PenAttributes();
        _lastGraphic = text[^1];
        while (true)
        {
            if (screen.Cursor.PendingWrap)
            {
                LeavePendingWrap();
            }

            int column = screen.Cursor.Column;
            int limit = RightLimit(screen, column);
            int count = Math.Min(limit - column, text.Length);
            Row row = screen.WritableRow(screen.Cursor.Row, column + count);
            WriteAscii(row, column, text[..count], attributes);
            text = text[count..];
            if (column + count < limit)
            {
                screen.Cursor.Column = column + count;
                NoteWritten(column, atMargin: false);
                break;
            }

            screen.Cursor.Column = limit - 1;
            screen.Cursor.PendingWrap = _modes.AutoWrap;
            if (!_modes.AutoWrap && !text.IsEmpty)
            {
                // Without autowrap every further character overwrites the last column.
                text = text[^1..];
            }

            if (text.IsEmpty)
            {
                NoteWritten(limit - 1, atMargin: true);
                break;
            }
        }
    }

    private static void WriteAscii(Row row, int column, ReadOnlySpan<byte> text, ulong attributes)
    {
        Span<Cell> cells = row.Cells;
        int end = column + text.Length;
        SplitWide(cells, column);
        SplitWide(cells, end);
        AsciiCells.Fill(text, cells.Slice(column, text.Length), attributes);
        row.Occupied = (ushort)Math.Max(row.Occupied, end);
    }

    internal void Print(ReadOnlySpan<int> codePoints)
    {
        if (_modes.Clusters)
        {
            PrintClusters(codePoints);
        }
        else
        {
            PrintSingly(codePoints);
        }
    }

    /// <summary>Each code point by itself: a cell of its own, or a mark that joins.</summary>
    private void PrintSingly(ReadOnlySpan<int> codePoints)
    {
        while (true)
        {
            int done = _modes.Insert || !_charsets.IsPlain ? 0 : PrintInRow(codePoints);
            if (done == codePoints.Length)
            {
                return;
            }

            int codePoint = codePoints[done];
            codePoint = codePoint < 0x80 ? _charsets.Translate((byte)codePoint) : codePoint;
            int width = CharWidth.Of(codePoint);
            if (width == 0)
            {
                Join(codePoint);
            }
            else
            {
                PutCharacter(codePoint, width);
            }

            codePoints = codePoints[(done + 1)..];
            if (codePoints.IsEmpty)
            {
                return;
            }
        }
    }

    /// <summary>The characters that fit before the last column, without what is special: joining, wrapping. Returns how many were taken.</summary>
    private int PrintInRow(ReadOnlySpan<int> codePoints)
    {
        Screen screen = Screen;
        int start = screen.Cursor.Column;
        int last = RightLimit(screen, start) - 1;
        if (start >= last)
        {
            return 0;
        }

        ulong attributes = PenAttributes();
        Row row = screen.WritableRow(screen.Cursor.Row, 0);
        Span<Cell> cells = row.Cells;
        int column = start;
        int taken = CharacterCells.Fill(codePoints, cells, ref column, last, attributes);
        if (taken != 0)
        {
            MendEdges(cells, start, column);
            row.Extent = (ushort)Math.Max(row.Extent, column);
            row.Occupied = (ushort)Math.Max(row.Occupied, column);
            screen.Cursor.Column = column;
            NoteWritten(column, atMargin: false);
            _lastGraphic = codePoints[taken - 1];
        }

        return taken;
    }

    /// <summary>After cells from start to end were overwritten: a half of an old wide character left at either side is blanked.</summary>
    private static void MendEdges(Span<Cell> cells, int start, int end)
    {
        if (start > 0 && cells[start - 1].IsWide)
        {
            cells[start - 1] = Cell.Blank(cells[start - 1].Style);
        }

        if (cells[end].IsSpacer)
        {
            cells[end] = Cell.Blank(cells[end].Style);
        }
    }

    private void PutCharacter(int codePoint, int width)
    {
        Screen screen = Screen;
        ulong attributes = PenAttributes();
        _lastGraphic = codePoint;
        if (width > screen.Width)
        {
            (codePoint, width) = (ReplacementCharacter, 1);
        }

        if (screen.Cursor.PendingWrap)
        {
            LeavePendingWrap();
        }

        int column = screen.Cursor.Column;
        int limit = RightLimit(screen, column);
        if (column + width > limit)
        {
            (column, limit) = MakeRoomForWide(limit);
        }

        Row row = screen.WritableRow(screen.Cursor.Row);
        if (_modes.Insert && CursorInColumns)
        {
            InsertCells(row, column, limit, width);
        }

        Span<Cell> cells = row.Cells;
        SplitWide(cells, column);
        SplitWide(cells, column + width);
        cells[column] = Cell.Of(codePoint, width, attributes);
        if (width == 2)
        {
            cells[column + 1] = Cell.Spacer(attributes);
        }

        int end = column + width;
        row.Occupied = (ushort)Math.Max(row.Occupied, end);
        bool atMargin = end >= limit;
        screen.Cursor.Column = atMargin ? limit - 1 : end;
        screen.Cursor.PendingWrap = atMargin && _modes.AutoWrap;
        NoteWritten(column, atMargin);
    }

    /// <summary>A wide character meets the last column before the limit: it goes to the next line whole, or, without autowrap, to the last two columns. Returns column and limit.</summary>
    private (int Column, int Limit) MakeRoomForWide(int limit)
    {
        if (!_modes.AutoWrap)
        {
            return (limit - 2, limit);
        }

        EraseInRow(Screen.Cursor.Row, Screen.Cursor.Column, limit);
        Wrap();
        return (Screen.MarginLeft, Screen.MarginRight + 1);
    }

    private void LeavePendingWrap()
    {
        if (_modes.AutoWrap)
        {
            Wrap();
        }
        else
        {
            Screen.Cursor.PendingWrap = false;
        }
    }

    private void Wrap()
    {
        Screen.WritableRow(Screen.Cursor.Row, 0).Wrapped = true;
        Index();
        Screen.Cursor.Column = Screen.MarginLeft;
    }

    /// <summary>With autowrap the pending wrap says the same, and more surely: it ends with every motion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteWritten(int column, bool atMargin) =>
        _lastWritten = atMargin && !_modes.AutoWrap ? (Screen.Cursor.Row, Screen.Cursor.Column, column) : default;

    /// <summary>Something begins or ends at this column: a wide character that would lose one half is blanked, its style kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SplitWide(Span<Cell> cells, int column)
    {
        if ((uint)column < (uint)cells.Length && cells[column].IsSpacer)
        {
            BlankBothHalves(cells, column);
        }
    }

    private static void BlankBothHalves(Span<Cell> cells, int right)
    {
        cells[right - 1] = Cell.Blank(cells[right - 1].Style);
        cells[right] = Cell.Blank(cells[right].Style);
    }

    /// <summary>REP: the last graphic character again, at most as often as the screen has cells.</summary>
    private void Repeat(int count)
    {
        if (_lastGraphic <= 0)
        {
            return;
        }

        count = Math.Min(count, Screen.Width * Screen.Height);
        if (_modes.Clusters)
        {
            RepeatCluster(count);
            return;
        }

        int width = CharWidth.Of(_lastGraphic);
        for (int i = 0; i < count; i++)
        {
            PutCharacter(_lastGraphic, width);
        }
    }
}
