namespace Roam.Terminal;

/// <summary>Lines entering, leaving and moving: margins, index, IL, DL, SU, SD; and whole columns: SL, SR, DECIC, DECDC, DECBI, DECFI.</summary>
public sealed partial class Emulator
{
    /// <summary>Rows that left the top of the main screen and are kept (<see cref="EmulatorOptions.ScrollbackRows"/>).</summary>
    public int ScrollbackCount => _scrollback.Count;

    private bool DispatchScrolling(uint selector, in Parameters parameters)
    {
        int count = parameters.CountOrPosition(0);
        switch (selector)
        {
            case 'r':
                SetMargins(count, parameters.ValueOr(1, 0));
                return true;
            case 'L':
                InsertLines(count);
                return true;
            case 'M':
                DeleteLines(count);
                return true;
            case 'S':
                ScrollUp(Screen.MarginTop, count);
                return true;
            case 'T' or '^' when parameters.Count <= 1:
                Screen.ScrollDown(Screen.MarginTop, Screen.MarginBottom, count, EraseStyle());
                return true;
            case Selector.Space | '@' when CursorInMargins:
                ShiftColumns(0, count, toTheRight: false);
                return true;
            case Selector.Space | 'A' when CursorInMargins:
                ShiftColumns(0, count, toTheRight: true);
                return true;
            case Selector.Apostrophe | '}' when CursorInMargins:
                ShiftColumns(Screen.Cursor.Column, count, toTheRight: true);
                return true;
            case Selector.Apostrophe | '~' when CursorInMargins:
                ShiftColumns(Screen.Cursor.Column, count, toTheRight: false);
                return true;
            case 'g':
                ClearTabs(parameters.ValueOr(0, 0));
                return true;
            case Selector.Question | 'W' when parameters.ValueOr(0, 0) == 5:
                ResetTabs();
                return true;
            default:
                return false;
        }
    }

    private bool CursorInMargins => Screen.Cursor.Row >= Screen.MarginTop && Screen.Cursor.Row <= Screen.MarginBottom;

    /// <summary>DECSTBM: at least two lines, else ignored; homes the cursor.</summary>
    private void SetMargins(int top, int bottom)
    {
        bottom = bottom == 0 ? Screen.Height : Math.Min(bottom, Screen.Height);
        if (top >= bottom)
        {
            return;
        }

        Screen.MarginTop = top - 1;
        Screen.MarginBottom = bottom - 1;
        MoveToAddress(1, 1);
    }

    private void ResetMargins()
    {
        Screen.MarginTop = 0;
        Screen.MarginBottom = Screen.Height - 1;
    }

    /// <summary>IND: down, scrolling at the bottom margin.</summary>
    private void Index()
    {
        Screen screen = Screen;
        screen.Cursor.PendingWrap = false;
        if (screen.Cursor.Row == screen.MarginBottom)
        {
            ScrollUp(screen.MarginTop, 1);
        }
        else if (screen.Cursor.Row < screen.Height - 1)
        {
            screen.Cursor.Row++;
        }
    }

    private void ReverseIndex()
    {
        Screen screen = Screen;
        screen.Cursor.PendingWrap = false;
        if (screen.Cursor.Row == screen.MarginTop)
        {
            screen.ScrollDown(screen.MarginTop, screen.MarginBottom, 1, EraseStyle());
        }
        else if (screen.Cursor.Row > 0)
        {
            screen.Cursor.Row--;
        }
    }

    /// <summary>Moves lines up from a row to the bottom margin. Lines that leave the main screen at its top go to the scrollback.</summary>
    private void ScrollUp(int top, int count)
    {
        if (top == 0 && _scrollback.Capacity != 0 && !IsAlternate)
        {
            for (int y = 0; y < Math.Min(count, Screen.MarginBottom + 1); y++)
            {
                _scrollback.Add(Screen.RowAt(y));
            }
        }

        Screen.ScrollUp(top, Screen.MarginBottom, count, EraseStyle());
    }

    /// <summary>IL: inside the margins only; the cursor goes to the first column, as on xterm and the VT220.</summary>
    private void InsertLines(int count)
    {
        if (CursorInMargins)
        {
            Screen.ScrollDown(Screen.Cursor.Row, Screen.MarginBottom, count, EraseStyle());
            MoveTo(Screen.Cursor.Row, 0);
        }
    }

    private void DeleteLines(int count)
    {
        if (CursorInMargins)
        {
            Screen.ScrollUp(Screen.Cursor.Row, Screen.MarginBottom, count, EraseStyle());
            MoveTo(Screen.Cursor.Row, 0);
        }
    }

    /// <summary>The rows between the margins, from a column on, move sideways (SL, SR, DECIC, DECDC).</summary>
    private void ShiftColumns(int column, int count, bool toTheRight)
    {
        for (int y = Screen.MarginTop; y <= Screen.MarginBottom; y++)
        {
            Row row = Screen.WritableRow(y);
            if (toTheRight)
            {
                InsertCells(row, column, count);
            }
            else
            {
                DeleteCells(row, column, count);
            }
        }

        Screen.Cursor.PendingWrap = false;
    }

    /// <summary>DECBI: left, or everything right at the edge.</summary>
    private void BackIndex()
    {
        if (Screen.Cursor.Column > 0)
        {
            MoveTo(Screen.Cursor.Row, Screen.Cursor.Column - 1);
        }
        else if (CursorInMargins)
        {
            ShiftColumns(0, 1, toTheRight: true);
        }
    }

    /// <summary>DECFI.</summary>
    private void ForwardIndex()
    {
        if (Screen.Cursor.Column < Screen.Width - 1)
        {
            MoveTo(Screen.Cursor.Row, Screen.Cursor.Column + 1);
        }
        else if (CursorInMargins)
        {
            ShiftColumns(0, 1, toTheRight: false);
        }
    }
}
