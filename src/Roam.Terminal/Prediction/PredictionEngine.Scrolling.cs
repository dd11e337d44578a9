namespace Roam.Terminal;

/// <summary>Pagers: keys that move the text by rows while the cursor waits on the last row.</summary>
public sealed partial class PredictionEngine
{
    private readonly ScrolledText _scrolled = new();
    private readonly Recollection<ScrollRecord> _scrolls = new(64);

    /// <summary>True: the move is shown.</summary>
    private bool TypeScroll(in TypedKey key, Screen screen, bool wasAnswered)
    {
        bool isPager = screen.Cursor.Row == _height - 1 && _trail.IsEmpty && (wasAnswered || _scrolled.Count != 0);
        if (!isPager || _scrolled.IsFull)
        {
            _scrolled.Clear();
            return false;
        }

        ulong context = ContextOf('S', key);
        ref readonly ScrollRecord record = ref _scrolls.Of(context);
        bool isShown = record.IsTrusted && !IsAtEnd(screen, record.Rows);
        _scrolled.Push(new ScrollKey(context, isShown ? record.Rows : 0, _newestDue));
        return isShown;
    }

    /// <summary>less says so in reverse on the last row.</summary>
    private bool IsAtEnd(Screen screen, int rows)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(_height - 1);
        if (rows < 0 || cells.Length < 5)
        {
            return false;
        }

        Span<char> text = stackalloc char[RowText.ColumnsMax];
        ReadOnlySpan<char> said = text[..RowText.Read(cells[..Math.Min(cells.Length, RowText.ColumnsMax)], text)];
        return said.Contains("(END)", StringComparison.Ordinal) || said.Contains("Bot", StringComparison.Ordinal);
    }
}
