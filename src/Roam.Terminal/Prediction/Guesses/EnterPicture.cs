namespace Roam.Terminal;

/// <summary>
/// What Enter does first, shown until anything else comes: the cursor goes to the start of the next row, and on the last row the picture moves up. It is never judged:
/// what follows is the command's.
/// </summary>
internal sealed class EnterPicture
{
    private bool _isShown;
    private int _fromRow;
    private int _row;
    private int _column;
    private int _scrollTop;
    private ulong _aboveHash;
    private ulong _dueFrame;

    /// <summary>The cursor goes to another row.</summary>
    public void Show(int fromRow, int row, int column, ulong dueFrame)
    {
        _isShown = true;
        (_fromRow, _row, _column, _scrollTop, _dueFrame) = (fromRow, row, column, -1, dueFrame);
    }

    /// <summary>It stays on its row, the last one of a pane, and the rows from the top on move up.</summary>
    public void ShowScrolled(Screen screen, int row, int top, int column, ulong dueFrame)
    {
        Show(row, row, column, dueFrame);
        _scrollTop = top;
        _aboveHash = AboveHash(screen);
    }

    public void Hide() => _isShown = false;

    /// <summary>A screen that only echoes what was typed before leaves it; one on which the cursor has left the line, or which is the answer, ends it.</summary>
    public void See(Screen screen, ulong lateAcked)
    {
        bool hasScrolled = _isShown && _scrollTop >= 0 && AboveHash(screen) != _aboveHash;
        _isShown &= lateAcked < _dueFrame && screen.Cursor.Row == _fromRow && !hasScrolled;
    }

    /// <summary>The row above the line: it changes when the rows move up, which they do before that is acknowledged.</summary>
    private ulong AboveHash(Screen screen) => _row > 0 && _row < screen.Height ? screen.RowHash(_row - 1) : 0;

    public void Draw(Screen screen)
    {
        if (!_isShown)
        {
            return;
        }

        if (_scrollTop >= 0)
        {
            screen.ScrollUp(_scrollTop, _row, 1, 0);
        }

        screen.Cursor = screen.Cursor with { Row = _row, Column = _column, PendingWrap = false };
    }
}
