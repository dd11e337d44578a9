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
        if (_modes.Origin)
        {
            MoveInsideMargins(Screen.MarginTop + line - 1, Screen.MarginLeft + column - 1);
        }
        else
        {
            MoveTo(line - 1, column - 1);
        }
    }

    private void MoveInsideMargins(int row, int column) => MoveTo(
        Math.Clamp(row, Screen.MarginTop, Screen.MarginBottom),
        Math.Clamp(column, Screen.MarginLeft, Screen.MarginRight));

    /// <summary>VPA, 1-based.</summary>
    private void MoveToLine(int line)
    {
        int row = _modes.Origin ? Math.Min(Screen.MarginTop + line - 1, Screen.MarginBottom) : line - 1;
        MoveTo(row, Screen.Cursor.Column);
    }

    /// <summary>CHA, HPA, 1-based.</summary>
    private void MoveToColumn(int column)
    {
        int target = _modes.Origin ? Math.Min(Screen.MarginLeft + column - 1, Screen.MarginRight) : column - 1;
        MoveTo(Screen.Cursor.Row, target);
    }

    /// <summary>VPR, HPR: not stopped by margins, but kept inside them in origin mode.</summary>
    private void MoveBy(int rows, int columns)
    {
        (int row, int column) = (Screen.Cursor.Row + rows, Screen.Cursor.Column + columns);
        if (_modes.Origin)
        {
            MoveInsideMargins(row, column);
        }
        else
        {
            MoveTo(row, column);
        }
    }

    /// <summary>CR: to the left margin; from left of it, to the screen's edge.</summary>
    private void CarriageReturn()
    {
        Screen.Cursor.Column = _modes.Origin ? Screen.MarginLeft : LeftLimit(Screen.Cursor.Column);
        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>How far left one gets from the column: to the left margin, or from left of it to the screen's edge.</summary>
    private int LeftLimit(int column) => column >= Screen.MarginLeft ? Screen.MarginLeft : 0;

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

    /// <summary>CUF: stops at the right margin if it begins left of it.</summary>
    private void MoveRight(int count)
    {
        int column = Screen.Cursor.Column;
        MoveTo(Screen.Cursor.Row, Math.Min(column + count, RightLimit(Screen, column) - 1));
    }

    private void MoveLeft(int count)
    {
        if (WrapsBackwards)
        {
            MoveLeftWrapping(count);
            return;
        }

        int column = Screen.Cursor.Column;
        MoveTo(Screen.Cursor.Row, Math.Max(column - count, LeftLimit(column)));
    }

    private void Backspace() => MoveLeft(1);

    /// <summary>
    /// HT, CHT. A pending wrap stays: STD 070 and the VT220 end it, which loses the character at the margin; the VT420, VT510 and xterm do not.
    /// </summary>
    private void ForwardTab(int count)
    {
        if (Screen.Cursor.PendingWrap)
        {
            if (!_modes.WrapBeforeTab)
            {
                return;
            }

            LeavePendingWrap();
        }

        int column = Screen.Cursor.Column;
        int last = RightLimit(Screen, column) - 1;
        for (int i = 0; i < count && column < last; i++)
        {
            column = _tabs.Next(column, last);
        }

        MoveTo(Screen.Cursor.Row, column);
    }

    /// <summary>CBT: margins stop it only in origin mode (xterm).</summary>
    private void BackwardTab(int count)
    {
        int column = Screen.Cursor.Column;
        int first = _modes.Origin ? Screen.MarginLeft : 0;
        for (int i = 0; i < count && column > first; i++)
        {
            column = _tabs.Previous(column);
        }

        MoveTo(Screen.Cursor.Row, Math.Max(column, first));
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

    /// <summary>LF, VT, FF; with LNM as NEL.</summary>
    private void LineFeed()
    {
        Index();
        if (_modes.NewLine)
        {
            CarriageReturn();
        }
    }

    private void SaveCursor()
    {
        Cursor cursor = Screen.Cursor;
        _saved = new SavedCursor(cursor.Row, cursor.Column, cursor.PendingWrap, Screen.Pen, _modes.Origin, _protectsPrinted, _charsets);
    }

    private void RestoreCursor()
    {
        _modes.Origin = _saved.Origin;
        if (_modes.Origin)
        {
            MoveInsideMargins(_saved.Row, _saved.Column);
        }
        else
        {
            MoveTo(_saved.Row, _saved.Column);
        }

        int column = Screen.Cursor.Column;
        Screen.Cursor.PendingWrap = _saved.PendingWrap && (column == Screen.Width - 1 || column == Screen.MarginRight);
        Screen.Pen = _saved.Pen;
        _protectsPrinted = _saved.Protects;
        _charsets = _saved.Charsets;
        ForgetPen();
    }
}
