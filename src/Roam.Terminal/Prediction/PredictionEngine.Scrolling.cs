namespace Roam.Terminal;

/// <summary>Pagers: keys that move the text by rows while the cursor waits on the last row.</summary>
public sealed partial class PredictionEngine
{
    private readonly ScrolledText _scrolled = new();
    private readonly Recollection<ScrollRecord> _scrolls = new(64);
    private readonly ListBar _bar = new();
    private readonly Recollection<ScrollRecord> _steps = new(64);

    /// <summary>Moves seen before the keys that move by a row in most pagers are believed to do so in this one.</summary>
    private const int MovesMin = 1;

    /// <summary>The last key that was taken as one of a pager: behind it the next one follows, however much of them is answered.</summary>
    private long _scrollKey;

    /// <summary>True: the move is shown.</summary>
    private bool TypeScroll(in TypedKey key, Screen screen, bool wasAnswered)
    {
        bool isText = !_trail.IsEmpty && _trail.Newest.Epoch <= _confirmedEpoch;
        bool isPager = screen.Cursor.Row == _height - 1 && !isText && (wasAnswered || _scrollKey == _key - 1);
        ReadOnlySpan<Cell> last = screen.CellsAt(_height - 1);
        isPager &= key.Kind != TypedKeyKind.CarriageReturn || last[0].Style != 0 || (last[0].Content == ':' && screen.Cursor.Column == 1);
        if (!isPager || _scrolled.Keys.IsFull)
        {
            _scrolled.Keys.Clear();
            return false;
        }

        ulong context = ContextOf('S', key);
        ref readonly ScrollRecord record = ref _scrolls.Of(context);
        bool isConventional = record.IsNew && _scrolled.Keys.Moves >= MovesMin;
        int rows = isConventional ? ScrollKeys.RowsOf(key) : record.Rows;
        bool isTrusted = (record.IsTrusted || (isConventional && rows != 0)) && !_scrolled.IsAtEnd(rows) && !IsAtEnd(screen, rows);
        _scrollKey = _key;
        _scrolled.Keys.Push(new ScrollKey(context, rows, isTrusted, _newestDue));
        return _scrolled.Keys.IsShown;
    }

    /// <summary>True: the bar of the list is shown moved.</summary>
    private bool TypeInList(in TypedKey key, Screen screen)
    {
        // An editor that marks the cursor's line: there the cursor moves, and the mark with it.
        bool isCursorLine = !screen.Modes.CursorHidden && _bar.Row == screen.Cursor.Row;
        if (_bar.Keys.IsFull || isCursorLine)
        {
            _bar.Keys.Clear();
            return false;
        }

        ulong context = ContextOf('L', key);
        ref readonly ScrollRecord record = ref _steps.Of(context);
        bool isConventional = record.IsNew && _bar.IsKnown && key.Kind != TypedKeyKind.CarriageReturn;
        int rows = isConventional ? ScrollKeys.RowsOf(key) : record.Rows;
        bool isTrusted = _bar.IsKnown && !_bar.IsAtEnd(rows) && (record.IsTrusted || (isConventional && rows != 0));
        _bar.Keys.Push(new ScrollKey(context, rows, isTrusted, _newestDue));
        return _bar.Keys.IsShown;
    }

    /// <summary>less says so in reverse on the last row, and asks for a key behind a message.</summary>
    private bool IsAtEnd(Screen screen, int rows)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(_height - 1);
        if (rows < 0 || cells.Length < 5)
        {
            return false;
        }

        Span<char> text = stackalloc char[RowText.ColumnsMax];
        ReadOnlySpan<char> said = text[..RowText.Read(cells[..Math.Min(cells.Length, RowText.ColumnsMax)], text)];
        return said.Contains("(END)", StringComparison.Ordinal) || said.Contains("RETURN", StringComparison.Ordinal);
    }
}
