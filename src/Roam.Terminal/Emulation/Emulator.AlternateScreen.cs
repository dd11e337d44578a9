namespace Roam.Terminal;

/// <summary>
/// The alternate screen (xterm's 47, 1047, 1048, 1049). The live <see cref="Screen"/> stays the same object and exchanges its rows with the hidden one;
/// cursor, pen, margins and modes are common to both, the saved cursor is not.
/// </summary>
public sealed partial class Emulator
{
    private Screen? _hidden;
    private SavedCursor _saved;
    private SavedCursor _hiddenSaved;

    /// <summary>The program is on the alternate screen.</summary>
    public bool IsAlternate => Screen.IsAlternate;

    private void SetAlternateMode(int mode, bool on)
    {
        switch (mode)
        {
            case 47:
                SwitchScreen(on);
                break;
            case 1047:
                if (!on && IsAlternate)
                {
                    EraseRows(0, Screen.Height);
                }

                SwitchScreen(on);
                break;
            case 1048 when on:
            case 1049 when on:
                SaveCursor();
                if (mode == 1049)
                {
                    SwitchScreen(true);
                    EraseRows(0, Screen.Height);
                }

                break;
            case 1049:
                SwitchScreen(false);
                RestoreCursor();
                break;
            case 1048:
                RestoreCursor();
                break;
        }
    }

    private void SwitchScreen(bool toAlternate)
    {
        if (toAlternate == IsAlternate)
        {
            return;
        }

        _hidden ??= new Screen(Screen.Width, Screen.Height, Screen.Tables, _pool);
        Screen.ExchangeRows(_hidden);
        (_saved, _hiddenSaved) = (_hiddenSaved, _saved);
        ExchangeKeyboards();
        Screen.IsAlternate = toAlternate;
    }

    /// <summary>Forgets the buffer that is not shown.</summary>
    private void DropHidden()
    {
        _hidden?.Release();
        _hidden = null;
        _hiddenSaved = default;
        ForgetHiddenKeyboard();
    }

    /// <summary>A lower window: lines go at the top so that the cursor's stays (<see cref="Terminal.Screen.Resize"/>), and those of the main screen are kept.</summary>
    private void KeepLinesCut(int height)
    {
        Screen main = _hidden is not null && IsAlternate ? _hidden : Screen;
        int row = ReferenceEquals(main, Screen) ? Screen.Cursor.Row : Math.Clamp(_hiddenSaved.Row, 0, main.Height - 1);
        if (row >= height && (!IsAlternate || _hidden is not null))
        {
            KeepLines(main, row - (height - 1));
        }
    }

    /// <summary>The hidden buffer's cursor is the one saved in it: the line it stands on stays, as on the shown one.</summary>
    private void ResizeHidden(int width, int height)
    {
        if (_hidden is null)
        {
            return;
        }

        _hidden.Cursor.Row = Math.Clamp(_hiddenSaved.Row, 0, _hidden.Height - 1);
        _hidden.Resize(width, height);
        _hiddenSaved = _hiddenSaved with { Row = _hidden.Cursor.Row };
    }
}
