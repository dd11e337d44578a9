using System.Buffers;
using System.Runtime.InteropServices;

namespace Roam.Terminal;

/// <summary>
/// Writes the difference between two screens in a dialect: events (bell, titles, clipboard), one scroll, rows, cursor, modes, pen. No hyperlink is open before and after. The wire and the
/// user's own terminal share it. Keeps scratch arrays: nothing is allocated in steady state.
/// </summary>
internal sealed partial class ScreenPainter<TDialect>(TDialect dialect)
    where TDialect : struct, IDialect
{
    /// <summary>Bells rung by one update; a flood of them within one frame sounds no different.</summary>
    public const int BellsMax = 64;

    /// <summary>A single row is cheaper by EL.</summary>
    private const int EraseRowsMin = 2;

    private readonly ScrollFinder _scrolls = new();
    private readonly RowPainter<TDialect> _rows = new(dialect);
    private Row?[] _before = [];

    /// <summary>From a known screen. When its size differs (the reader has resized already) everything is drawn again.</summary>
    public void WriteUpdate(Screen from, Screen to, IBufferWriter<byte> destination)
    {
        Stylus<TDialect> stylus = new(dialect, to.Tables, to.Width, destination);
        WriteEvents(ref stylus, from, from, to);
        bool sameSize = from.Width == to.Width && from.Height == to.Height;
        bool guards = dialect.GuardsUpdates && sameSize && ChangesSeveralRows(from, to);
        bool synchronizes = guards && dialect.HasSynchronizedOutput;
        bool hides = guards && !synchronizes && dialect.HasCursorVisibility && !from.Modes.CursorHidden;
        Begin(ref stylus, synchronizes, hides);
        if (sameSize)
        {
            stylus.StartAt(from.Cursor, from.Pen);
            DrawDifference(ref stylus, from, to);
        }
        else
        {
            DrawAll(ref stylus, to);
        }

        if (hides && !to.Modes.CursorHidden)
        {
            stylus.MoveTo(to.Cursor.Row, to.Cursor.Column);
            stylus.Sink.Put("\e[?25h"u8);
        }

        WriteShape(ref stylus, from.Cursor.Shape, to.Cursor.Shape, always: false);
        WriteModes(ref stylus, from.Modes, to.Modes);
        WriteEnd(ref stylus, to, synchronizes);
        stylus.Sink.Flush();
    }

    /// <summary>From an unknown screen: clears it and sets or resets every mode. Events since <paramref name="known"/> are told if it is given.</summary>
    public void WriteAll(Screen? known, Screen to, IBufferWriter<byte> destination)
    {
        Stylus<TDialect> stylus = new(dialect, to.Tables, to.Width, destination);
        WriteEvents(ref stylus, known, null, to);
        bool synchronizes = dialect.GuardsUpdates && dialect.HasSynchronizedOutput;
        Begin(ref stylus, synchronizes, dialect.GuardsUpdates && !synchronizes && dialect.HasCursorVisibility);
        if (dialect.HasScrollRegion)
        {
            stylus.Sink.Put("\e[r"u8);
        }

        DrawAll(ref stylus, to);
        CursorShape shape = known?.Cursor.Shape ?? CursorShape.Default;
        WriteShape(ref stylus, CursorShape.Default, to.Cursor.Shape, always: shape != CursorShape.Default);
        WriteAllModes(ref stylus, known?.Modes ?? default, to.Modes);
        WriteEnd(ref stylus, to, synchronizes);
        stylus.Sink.Flush();
    }

    private static void Begin(ref Stylus<TDialect> stylus, bool synchronizes, bool hides)
    {
        if (synchronizes)
        {
            stylus.Sink.Put(SynchronizedUpdate.Begin);
        }

        if (hides)
        {
            stylus.Sink.Put("\e[?25l"u8);
        }
    }

    private void WriteEvents(ref Stylus<TDialect> stylus, Screen? from, Screen? titlesFrom, Screen to)
    {
        ulong bells = to.BellCount - (from?.BellCount ?? 0);
        if (bells is > 0 and <= long.MaxValue)
        {
            stylus.Sink.PutRepeated((byte)'\a', (int)Math.Min(bells, BellsMax));
        }

        if (dialect.HasTitle)
        {
            OscWriter.WriteTitles(ref stylus.Sink, titlesFrom, to, dialect.TitlePrefix);
        }

        if (dialect.HasClipboard)
        {
            OscWriter.WriteClipboard(ref stylus.Sink, from, to);
        }
    }

    private void DrawAll(ref Stylus<TDialect> stylus, Screen to)
    {
        stylus.SetPen(Style.Default);
        stylus.Sink.Put("\e[H\e[2J"u8);
        stylus.StartAt(default, Style.Default);
        EnsureRows(to.Height);
        Array.Clear(_before, 0, to.Height);
        DrawRows(ref stylus, to.Tables, to);
    }

    private void DrawDifference(ref Stylus<TDialect> stylus, Screen from, Screen to)
    {
        EnsureRows(to.Height);
        for (int y = 0; y < to.Height; y++)
        {
            _before[y] = from.RowAt(y);
        }

        if (dialect.HasScrollRegion && ReferenceEquals(from.Tables, to.Tables)
            && _scrolls.TryFind(from, to, dialect.HasReverseScroll, out ScrollMove move) && !MovesUnprintedCell(move, to.Height))
        {
            Scroll(ref stylus, move, to.Height);
        }

        if (dialect.HasEraseDisplay)
        {
            EraseBelow(ref stylus, to);
        }

        DrawRows(ref stylus, from.Tables, to);
    }

    /// <summary>Where the last cell of the screen cannot be printed, the last row is not what it should be and must stay where that does not matter.</summary>
    private bool MovesUnprintedCell(in ScrollMove move, int height) => dialect.BottomRightScrolls && move.Count > 0 && move.Bottom == height - 1;

    private static bool ChangesSeveralRows(Screen from, Screen to)
    {
        int changed = 0;
        for (int y = 0; y < to.Height && changed < 2; y++)
        {
            bool same = ReferenceEquals(from.RowAt(y), to.RowAt(y)) || (ReferenceEquals(from.Tables, to.Tables) && from.RowHash(y) == to.RowHash(y));
            changed += same ? 0 : 1;
        }

        return changed == 2;
    }

    /// <summary>
    /// Upward by LF at the bottom of the region, the one way that every reader takes alike; downward by RI at its top, or SD. DECSTBM homes the cursor.
    /// </summary>
    private void Scroll(ref Stylus<TDialect> stylus, ScrollMove move, int height)
    {
        bool region = move.Top != 0 || move.Bottom != height - 1;
        stylus.SetPenForBlanks();
        if (region)
        {
            stylus.Sink.Put("\e["u8);
            stylus.Sink.PutNumber(move.Top + 1);
            stylus.Sink.Put((byte)';');
            stylus.Sink.PutNumber(move.Bottom + 1);
            stylus.Sink.Put((byte)'r');
            stylus.ForgetPlace();
        }

        int count = Math.Abs(move.Count);
        int kept = move.Bottom - move.Top + 1 - count;
        if (move.Count > 0)
        {
            stylus.MoveTo(move.Bottom, 0);
            stylus.Sink.PutRepeated((byte)'\n', count);
            Array.Copy(_before, move.Top + count, _before, move.Top, kept);
            Array.Clear(_before, move.Top + kept, count);
        }
        else
        {
            ScrollDown(ref stylus, move.Top, count);
            Array.Copy(_before, move.Top, _before, move.Top + count, kept);
            Array.Clear(_before, move.Top, count);
        }

        if (region)
        {
            stylus.Sink.Put("\e[r"u8);
            stylus.ForgetPlace();
        }
    }

    private void ScrollDown(ref Stylus<TDialect> stylus, int top, int count)
    {
        if (dialect.HasScrollDown && count > 1)
        {
            stylus.Sink.Put("\e["u8);
            stylus.Sink.PutNumber(count);
            stylus.Sink.Put((byte)'T');
            return;
        }

        stylus.MoveTo(top, 0);
        for (int i = 0; i < count; i++)
        {
            stylus.Sink.Put("\eM"u8);
        }
    }

    /// <summary>One ED when the rows at the bottom become blank and two or more of them were not.</summary>
    private void EraseBelow(ref Stylus<TDialect> stylus, Screen to)
    {
        int top = to.Height;
        int erased = 0;
        while (top > 0 && IsBlank(to.CellsAt(top - 1)))
        {
            top--;
            erased += _before[top] is { } row && !IsBlank(row.Cells) ? 1 : 0;
        }

        if (erased < EraseRowsMin)
        {
            return;
        }

        stylus.SetPen(Style.Default);
        stylus.MoveTo(top, 0);
        stylus.Sink.Put("\e[J"u8);
        Array.Clear(_before, top, to.Height - top);
    }

    private static bool IsBlank(ReadOnlySpan<Cell> cells) =>
        MemoryMarshal.Cast<Cell, ulong>(cells).IndexOfAnyExcept(Cell.Blank(0).Bits) < 0;

    private void DrawRows(ref Stylus<TDialect> stylus, ScreenTables beforeTables, Screen to)
    {
        CellComparison comparison = new(beforeTables, to.Tables, dialect.HasLinks);
        CellComparison toBlank = new(to.Tables, to.Tables, dialect.HasLinks);
        _rows.SetSize(to.Width, to.Height);
        for (int y = 0; y < to.Height; y++)
        {
            Row? before = _before[y];
            Row after = to.RowAt(y);
            if (before is null)
            {
                _rows.Draw(ref stylus, toBlank, y, _rows.BlankCells, after.Cells);
            }
            else if (!ReferenceEquals(before, after))
            {
                _rows.Draw(ref stylus, comparison, y, before.Cells, after.Cells);
            }
        }

        Array.Clear(_before, 0, to.Height);
    }

    private void WriteShape(ref Stylus<TDialect> stylus, CursorShape from, CursorShape to, bool always)
    {
        if (dialect.HasCursorShape && (always || from != to))
        {
            stylus.Sink.Put("\e["u8);
            stylus.Sink.PutNumber((int)to);
            stylus.Sink.Put(" q"u8);
            stylus.ForgetPlace();
        }
    }

    private void WriteModes(ref Stylus<TDialect> stylus, ScreenModes from, ScreenModes to)
    {
        if (!dialect.HasCursorVisibility)
        {
            from.CursorHidden = false;
            to.CursorHidden = false;
        }

        ModeWriter.Write(ref stylus.Sink, from, to);
        WriteTouchedModes(ref stylus, from, to);
    }

    /// <summary>A stock reader knows none of these, and an unknown sequence ends its pending wrap.</summary>
    private static void WriteTouchedModes(ref Stylus<TDialect> stylus, in ScreenModes from, in ScreenModes to)
    {
        if (ModeWriter.WriteTouched(ref stylus.Sink, from, to))
        {
            stylus.ForgetPlace();
        }
    }

    /// <summary>A reader that may not know the modes gets only those that a session has used.</summary>
    private void WriteAllModes(ref Stylus<TDialect> stylus, in ScreenModes known, in ScreenModes to)
    {
        if (dialect.ResetsPrivateModes)
        {
            ModeWriter.Write(ref stylus.Sink, null, to);
            WriteTouchedModes(ref stylus, known, to);
            return;
        }

        ScreenModes none = default;
        none.CursorHidden = dialect.HasCursorVisibility && !to.CursorHidden;
        WriteModes(ref stylus, known, none);
        WriteModes(ref stylus, none, to);
    }

    private static void WriteEnd(ref Stylus<TDialect> stylus, Screen to, bool synchronizes)
    {
        MoveOver(ref stylus, to);
        stylus.MoveTo(to.Cursor.Row, to.Cursor.Column);
        stylus.SetPen(to.Pen);
        if (synchronizes)
        {
            stylus.Sink.Put(SynchronizedUpdate.End);
        }
    }

    /// <summary>A space typed over a blank, or Right pressed, is shortest as the character that is there.</summary>
    private static void MoveOver(ref Stylus<TDialect> stylus, Screen to)
    {
        if (stylus.IsInRow(to.Cursor.Row, out int from) && from < to.Cursor.Column
            && to.Cursor.Column - from < stylus.MoveBytes(to.Cursor.Row, to.Cursor.Column)
            && RowPainter<TDialect>.CanPrintOver(ref stylus, to.CellsAt(to.Cursor.Row)[from..to.Cursor.Column]))
        {
            foreach (Cell cell in to.CellsAt(to.Cursor.Row)[from..to.Cursor.Column])
            {
                stylus.Print(cell);
            }
        }
    }

    private void EnsureRows(int height)
    {
        if (_before.Length < height)
        {
            _before = new Row?[height];
        }
    }
}
