namespace Roam.Terminal;

/// <summary>The scrolling region: DECSTBM, and DECSLRM while DECLRMM (mode 69) is set (VT420, VT510).</summary>
public sealed partial class Emulator
{
    private bool CursorInRows => Screen.Cursor.Row >= Screen.MarginTop && Screen.Cursor.Row <= Screen.MarginBottom;

    private bool CursorInColumns => Screen.Cursor.Column >= Screen.MarginLeft && Screen.Cursor.Column <= Screen.MarginRight;

    private bool CursorInMargins => CursorInRows && CursorInColumns;

    /// <summary>Where a line ends for text that is at the column: behind the right margin, or behind the screen's edge if the text is right of the margin.</summary>
    private static int RightLimit(Screen screen, int column) => column <= screen.MarginRight ? screen.MarginRight + 1 : screen.Width;

    /// <summary>The modes of this area, for the two lists in Emulator.Modes.cs.</summary>
    private void SetGeometryMode(int mode, bool on)
    {
        switch (mode)
        {
            case 3:
                SetColumnMode(on);
                break;
            case 40:
                _modes.AllowColumnMode = on;
                break;
            case 41:
                _modes.WrapBeforeTab = on;
                break;
            case 45:
                _modes.ReverseWrap = on;
                break;
            case 69:
                SetColumnMarginMode(on);
                break;
            case 95:
                _modes.KeepScreenOnColumnMode = on;
                break;
            case 1045:
                _modes.ExtendedReverseWrap = on;
                break;
        }
    }

    private bool GeometryMode(int mode) => mode switch
    {
        3 => _modes.WideColumns,
        40 => _modes.AllowColumnMode,
        41 => _modes.WrapBeforeTab,
        45 => _modes.ReverseWrap,
        69 => _modes.ColumnMargins,
        95 => _modes.KeepScreenOnColumnMode,
        _ => _modes.ExtendedReverseWrap,
    };

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

    /// <summary>DECSLRM: at least two columns, else ignored; homes the cursor.</summary>
    private void SetColumnMargins(int left, int right)
    {
        right = right == 0 ? Screen.Width : Math.Min(right, Screen.Width);
        if (left >= right)
        {
            return;
        }

        Screen.MarginLeft = left - 1;
        Screen.MarginRight = right - 1;
        MoveToAddress(1, 1);
    }

    /// <summary>DECLRMM. Without the mode there are no left and right margins.</summary>
    private void SetColumnMarginMode(bool on)
    {
        _modes.ColumnMargins = on;
        if (!on)
        {
            Screen.ResetColumnMargins();
        }
    }

    /// <summary>All four at the screen's edges.</summary>
    private void ResetMargins()
    {
        Screen.MarginTop = 0;
        Screen.MarginBottom = Screen.Height - 1;
        Screen.ResetColumnMargins();
    }

    /// <summary>
    /// DECCOLM, if mode 40 allows it. The window is the user's and keeps its width; all else that changing the column mode does is done: the screen is cleared (not with DECNCSM),
    /// the margins are reset, the cursor goes home (VT510, "DECCOLM").
    /// </summary>
    private void SetColumnMode(bool wide)
    {
        if (!_modes.AllowColumnMode)
        {
            return;
        }

        _modes.WideColumns = wide;
        if (!_modes.KeepScreenOnColumnMode)
        {
            EraseRows(0, Screen.Height);
        }

        ResetMargins();
        MoveTo(0, 0);
    }
}
