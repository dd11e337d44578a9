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
    private bool _scrolls;
    private ulong _dueFrame;

    public void Show(int fromRow, int row, int column, bool scrolls, ulong dueFrame)
    {
        _isShown = true;
        (_fromRow, _row, _column, _scrolls, _dueFrame) = (fromRow, row, column, scrolls, dueFrame);
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

        if (_scrolls)
        {
            screen.ScrollUp(0, screen.Height - 1, 1, 0);
        }

        screen.Cursor = screen.Cursor with { Row = _row, Column = _column, PendingWrap = false };
    }
}
