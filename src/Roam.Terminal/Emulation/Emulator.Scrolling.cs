namespace Roam.Terminal;

/// <summary>Lines entering, leaving and moving: index, IL, DL, SU, SD. Whole rows move as references; between left and right margins cells are copied (Emulator.CellBlocks.cs).</summary>
public sealed partial class Emulator
{
    /// <summary>Lines that left the main screen at its top; null when none are kept (<see cref="EmulatorOptions.HistoryLines"/>).</summary>
    public HistoryLog? History { get; }

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
                ScrollDown(Screen.MarginTop, count);
                return true;
            case Selector.Space | '@' when CursorInMargins:
                ShiftColumns(Screen.MarginLeft, count, toTheRight: false);
                return true;
            case Selector.Space | 'A' when CursorInMargins:
                ShiftColumns(Screen.MarginLeft, count, toTheRight: true);
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

    /// <summary>IND: down, scrolling at the bottom margin; left or right of the margins it stops there.</summary>
    private void Index()
    {
        Screen screen = Screen;
        screen.Cursor.PendingWrap = false;
        if (screen.Cursor.Row == screen.MarginBottom)
        {
            if (CursorInColumns)
            {
                ScrollUp(screen.MarginTop, 1);
            }
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
            if (CursorInColumns)
            {
                ScrollDown(screen.MarginTop, 1);
            }
        }
        else if (screen.Cursor.Row > 0)
        {
            screen.Cursor.Row--;
        }
    }

    /// <summary>Moves lines up from a row to the bottom margin. Lines that leave the main screen at its top go to the history.</summary>
    private void ScrollUp(int top, int count)
    {
        if (Screen.HasColumnMargins)
        {
            ShiftLines(top, count, up: true);
            return;
        }

        if (top == 0 && !IsAlternate)
        {
            KeepLines(Screen, Math.Min(count, Screen.MarginBottom + 1));
        }

        Screen.ScrollUp(top, Screen.MarginBottom, count, EraseStyle());
    }

    /// <summary>The first rows of the main screen are about to leave it.</summary>
    private void KeepLines(Screen main, int count)
    {
        for (int y = 0; y < count && History is not null; y++)
        {
            History.Add(main.RowAt(y), main.RowAt(Math.Min(y + 1, main.Height - 1)), main.Tables);
        }

        Screen.LinesAbove += (ulong)count;
    }

    private void ScrollDown(int top, int count)
    {
        if (Screen.HasColumnMargins)
        {
            ShiftLines(top, count, up: false);
            return;
        }

        Screen.ScrollDown(top, Screen.MarginBottom, count, EraseStyle());
    }

    /// <summary>IL: inside the margins only; the cursor goes to the left margin, as on xterm and the VT220.</summary>
    private void InsertLines(int count)
    {
        if (CursorInMargins)
        {
            ScrollDown(Screen.Cursor.Row, count);
            MoveTo(Screen.Cursor.Row, Screen.MarginLeft);
        }
    }

    /// <summary>DL. Nothing goes to the history, also from the top line.</summary>
    private void DeleteLines(int count)
    {
        if (!CursorInMargins)
        {
            return;
        }

        if (Screen.HasColumnMargins)
        {
            ShiftLines(Screen.Cursor.Row, count, up: true);
        }
        else
        {
            Screen.ScrollUp(Screen.Cursor.Row, Screen.MarginBottom, count, EraseStyle());
        }

        MoveTo(Screen.Cursor.Row, Screen.MarginLeft);
    }
}
