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
    private ulong _dueFrame;

    /// <summary>The cursor goes to another row.</summary>
    public void Show(int fromRow, int row, int column, ulong dueFrame)
    {
        _isShown = true;
        (_fromRow, _row, _column, _scrollTop, _dueFrame) = (fromRow, row, column, -1, dueFrame);
    }

    /// <summary>It stays on its row, the last one of a pane, and the rows from the top on move up.</summary>
    public void ShowScrolled(int row, int top, int column, ulong dueFrame)
    {
        Show(row, row, column, dueFrame);
        _scrollTop = top;
    }

    public void Hide() => _isShown = false;

    /// <summary>A screen that only echoes what was typed before leaves it; one on which the cursor has left the line, or which is the answer, ends it.</summary>
    public void See(in Cursor cursor, ulong lateAcked) => _isShown &= lateAcked < _dueFrame && cursor.Row == _fromRow;

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
