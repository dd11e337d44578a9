using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// Writes the difference between two screens in a dialect: events (bell, titles, clipboard), one scroll, rows, cursor, modes, pen. The wire and the
/// user's own terminal share it. Steps, so that another painter can replace the middle one: <see cref="WriteEvents"/>, <see cref="DrawRows"/>, <see cref="WriteEnd"/>.
/// </summary>
internal sealed class ScreenPainter<TDialect>(TDialect dialect)
    where TDialect : struct, IDialect
{
    /// <summary>Bells rung by one update; a flood of them within one frame sounds no different.</summary>
    public const int BellsMax = 64;

    private readonly ScrollFinder _scrolls = new();
    private readonly RowPainter<TDialect> _rows = new(dialect);
    private Row?[] _before = [];

    /// <summary>From a known screen. When its size differs (the reader has resized already) everything is drawn again.</summary>
    public void WriteUpdate(Screen from, Screen to, IBufferWriter<byte> destination)
    {
        Stylus<TDialect> stylus = new(dialect, to.Tables, to.Width, destination);
        WriteEvents(ref stylus, from, from, to);
        if (from.Width == to.Width && from.Height == to.Height)
        {
            stylus.StartAt(from.Cursor, from.Pen);
            DrawDifference(ref stylus, from, to);
        }
        else
        {
            DrawAll(ref stylus, to);
        }

        WriteEnd(ref stylus, from, to);
        stylus.Sink.Flush();
    }

    /// <summary>From an unknown screen: clears it and sets or resets every mode. Events since <paramref name="known"/> are told if it is given.</summary>
    public void WriteAll(Screen? known, Screen to, IBufferWriter<byte> destination)
    {
        Stylus<TDialect> stylus = new(dialect, to.Tables, to.Width, destination);
        WriteEvents(ref stylus, known, null, to);
        ModeWriter.WriteTouched(ref stylus.Sink, known?.Modes ?? default, default);
        if (dialect.HidesCursorWhileDrawing)
        {
            stylus.Sink.Put("\e[?25l"u8);
        }

        if (dialect.HasScrollRegion)
        {
            stylus.Sink.Put("\e[r"u8);
        }

        DrawAll(ref stylus, to);
        WriteEnd(ref stylus, null, to);
        stylus.Sink.Flush();
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

        OscWriter.WriteClipboard(ref stylus.Sink, from, to);
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

        bool hides = dialect.HidesCursorWhileDrawing && !from.Modes.CursorHidden && ChangesSeveralRows(from, to);
        bool synchronizes = hides && dialect.HasSynchronizedOutput;
        if (synchronizes)
        {
            stylus.Sink.Put("\e[?2026h"u8);
        }

        if (hides)
        {
            stylus.Sink.Put("\e[?25l"u8);
        }

        if (dialect.HasScrollRegion && ReferenceEquals(from.Tables, to.Tables) && _scrolls.TryFind(from, to, out ScrollMove move))
        {
            Scroll(ref stylus, move, to.Height);
        }

        DrawRows(ref stylus, from.Tables, to);
        if (hides && !to.Modes.CursorHidden)
        {
            stylus.MoveTo(to.Cursor.Row, to.Cursor.Column);
            stylus.Sink.Put("\e[?25h"u8);
        }

        if (synchronizes)
        {
            stylus.Sink.Put("\e[?2026l"u8);
        }
    }

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

    /// <summary>LF at the bottom of the region, the one way to scroll that every reader takes alike. DECSTBM homes the cursor.</summary>
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

        stylus.MoveTo(move.Bottom, 0);
        stylus.Sink.PutRepeated((byte)'\n', move.Count);
        if (region)
        {
            stylus.Sink.Put("\e[r"u8);
            stylus.ForgetPlace();
        }

        int kept = move.Bottom - move.Top + 1 - move.Count;
        Array.Copy(_before, move.Top + move.Count, _before, move.Top, kept);
        Array.Clear(_before, move.Top + kept, move.Count);
    }

    private void DrawRows(ref Stylus<TDialect> stylus, ScreenTables beforeTables, Screen to)
    {
        CellComparison comparison = new(beforeTables, to.Tables);
        CellComparison toBlank = new(to.Tables, to.Tables);
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

    private void WriteEnd(ref Stylus<TDialect> stylus, Screen? from, Screen to)
    {
        CursorShape shape = from?.Cursor.Shape ?? CursorShape.Default;
        if (dialect.HasCursorShape && to.Cursor.Shape != shape)
        {
            stylus.Sink.Put("\e["u8);
            stylus.Sink.PutNumber((int)to.Cursor.Shape);
            stylus.Sink.Put(" q"u8);
            stylus.ForgetPlace();
        }

        ModeWriter.Write(ref stylus.Sink, from?.Modes, to.Modes);
        if (ModeWriter.WriteTouched(ref stylus.Sink, from?.Modes ?? default, to.Modes))
        {
            stylus.ForgetPlace();
        }

        stylus.MoveTo(to.Cursor.Row, to.Cursor.Column);
        stylus.SetPen(to.Pen);
    }

    private void EnsureRows(int height)
    {
        if (_before.Length < height)
        {
            _before = new Row?[height];
        }
    }
}
