namespace Roam.Terminal;

/// <summary>RIS and DECSTR.</summary>
public sealed partial class Emulator
{
    /// <summary>RIS: as after power-on. Titles, directory, selections and counts are the user's, not the program's, and stay.</summary>
    private void ResetAll()
    {
        SwitchScreen(false);
        ResetPrivateState();
        Screen.Modes = default;
        Screen.Extras = Screen.Extras.AfterReset();
        Screen.Pen = Style.Default;
        Screen.Cursor = default;
        ResetMargins();
        EraseRows(0, Screen.Height);
        History?.Clear();
    }

    /// <summary>DECSTR (VT510, table 5-6); autowrap stays on as in xterm. The screen, the cursor's place and the user's side of the modes stay.</summary>
    private void SoftReset()
    {
        _modes = _modes.AfterSoftReset;
        SetProtection(Protection.None, protects: false);
        Screen.Modes.CursorHidden = false;
        Screen.Pen = Style.Default;
        Screen.Cursor.PendingWrap = false;
        ResetMargins();
        _charsets = default;
        _saved = default;
        _link = 0;
        ForgetPen();
    }
}
