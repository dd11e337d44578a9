namespace Roam.Terminal;

/// <summary>Moving the cursor. Every motion ends a pending wrap, also one that does not move (DEC STD 070, appendix D); only tabs leave it, see there.</summary>
public sealed partial class Emulator
{
    /// <summary>Absolute, 0-based, kept inside the screen.</summary>
    private void MoveTo(int row, int column)
    {
        Screen.Cursor.Row = Math.Clamp(row, 0, Screen.Height - 1);
        Screen.Cursor.Column = Math.Clamp(column, 0, Screen.Width - 1);
        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>CUP, HVP: 1-based; in origin mode relative to the margins and kept inside them.</summary>
    private void MoveToAddress(int line, int column)
    {
        Screen.Cursor.Column = Math.Min(column, Screen.Width) - 1;
        MoveToLine(line);
    }

    /// <summary>VPA, 1-based.</summary>
    private void MoveToLine(int line)
    {
        int row = _modes.Origin ? Math.Min(Screen.MarginTop + line - 1, Screen.MarginBottom) : line - 1;
        MoveTo(row, Screen.Cursor.Column);
    }

    /// <summary>CUU: stops at the top margin if it begins below it.</summary>
    private void MoveUp(int count)
    {
        int row = Screen.Cursor.Row;
        int limit = row >= Screen.MarginTop ? Screen.MarginTop : 0;
        MoveTo(Math.Max(row - count, limit), Screen.Cursor.Column);
    }

    private void MoveDown(int count)
    {
        int row = Screen.Cursor.Row;
        int limit = row <= Screen.MarginBottom ? Screen.MarginBottom : Screen.Height - 1;
        MoveTo(Math.Min(row + count, limit), Screen.Cursor.Column);
    }

    private void MoveRight(int count) => MoveTo(Screen.Cursor.Row, Screen.Cursor.Column + count);

    private void MoveLeft(int count)
    {
        if (_modes.ReverseWrap && _modes.AutoWrap)
        {
            MoveLeftWrapping(count);
            return;
        }

        MoveTo(Screen.Cursor.Row, Screen.Cursor.Column - count);
    }

    private void Backspace() => MoveLeft(1);

    /// <summary>Mode 45: at the left edge on to the end of the line above; a pending wrap is one step by itself.</summary>
    private void MoveLeftWrapping(int count)
    {
        (int row, int column) = (Screen.Cursor.Row, Screen.Cursor.Column);
        count -= Screen.Cursor.PendingWrap ? 1 : 0;
        count = Math.Min(count, Screen.Width * Screen.Height);
        int position = (row * Screen.Width) + column - count;
        int area = Screen.Width * Screen.Height;
        position = position < 0 ? position + area : position;
        MoveTo(position / Screen.Width, position % Screen.Width);
    }

    /// <summary>
    /// HT, CHT. A pending wrap stays: STD 070 and the VT220 end it, which loses the character at the margin; the VT420, VT510 and xterm do not.
    /// </summary>
    private void ForwardTab(int count)
    {
        if (Screen.Cursor.PendingWrap)
        {
            return;
        }

        int column = Screen.Cursor.Column;
        int last = Screen.Width - 1;
        for (int i = 0; i < count && column < last; i++)
        {
            column = _tabs.Next(column, last);
        }

        MoveTo(Screen.Cursor.Row, column);
    }

    private void BackwardTab(int count)
    {
        int column = Screen.Cursor.Column;
        for (int i = 0; i < count && column > 0; i++)
        {
            column = _tabs.Previous(column);
        }

        MoveTo(Screen.Cursor.Row, column);
    }

    /// <summary>TBC.</summary>
    private void ClearTabs(int what)
    {
        if (what == 0)
        {
            _tabs.Clear(Screen.Cursor.Column);
        }
        else if (what == 3)
        {
            _tabs.ClearAll();
        }
    }

    private void ResetTabs() => _tabs.Reset(Screen.Width);

    /// <summary>LF, VT, FF; with LNM also to the first column.</summary>
    private void LineFeed()
    {
        if (_modes.NewLine)
        {
            Screen.Cursor.Column = 0;
        }

        Index();
    }

    private void SaveCursor()
    {
        Cursor cursor = Screen.Cursor;
        _saved = new SavedCursor(cursor.Row, cursor.Column, cursor.PendingWrap, Screen.Pen, _modes.Origin, _charsets);
    }

    private void RestoreCursor()
    {
        MoveTo(_saved.Row, _saved.Column);
        Screen.Cursor.PendingWrap = _saved.PendingWrap && Screen.Cursor.Column == Screen.Width - 1;
        Screen.Pen = _saved.Pen;
        _modes.Origin = _saved.Origin;
        _charsets = _saved.Charsets;
        ForgetPen();
    }
}
