namespace Roam.Terminal;

/// <summary>Modes of the conversation: the blinking cursor, reports that come by themselves, XTSAVE and XTRESTORE.</summary>
public sealed partial class Emulator
{
    private readonly SavedModes _savedModes = new();
    private ConversationModes _talk = ConversationModes.Initial;

    /// <summary>The cursor blinks only because of mode 12, not by a shape of its own: back to the user's default when the mode is reset.</summary>
    private bool _blinksByMode;

    /// <summary>What keys become on their way to the program.</summary>
    public InputModes InputModes => new(_modes.ApplicationCursorKeys, _talk.BackarrowSendsBackspace);

    private bool CursorBlinks => Screen.Cursor.Shape is CursorShape.BlinkingBlock or CursorShape.BlinkingUnderline or CursorShape.BlinkingBar;

    /// <summary>DECSCUSR; unknown shapes are ignored. 0 is the user's own shape here, of which nothing is known: mode 12 counts as reset.</summary>
    private void SetCursorShape(int shape)
    {
        if (shape <= (int)CursorShape.SteadyBar)
        {
            Screen.Cursor.Shape = (CursorShape)shape;
            _blinksByMode = false;
        }
    }

    /// <summary>
    /// Mode 12 (att610) and DECSCUSR change one thing, as in xterm. But ncurses resets the mode whenever it shows the cursor (terminfo's cnorm):
    /// that must not turn the user's own shape into a block.
    /// </summary>
    private void SetCursorBlink(bool on)
    {
        CursorShape shape = Screen.Cursor.Shape;
        if (shape == CursorShape.Default)
        {
            Screen.Cursor.Shape = on ? CursorShape.BlinkingBlock : CursorShape.Default;
            _blinksByMode = on;
        }
        else if (_blinksByMode && !on)
        {
            Screen.Cursor.Shape = CursorShape.Default;
            _blinksByMode = false;
        }
        else if (CursorBlinks != on)
        {
            Screen.Cursor.Shape = on ? shape - 1 : shape + 1;
        }
    }

    private void SetSizeReports(bool on)
    {
        _talk.SizeReports = on;
        if (on)
        {
            ReportTextArea();
        }
    }

    /// <summary>XTSAVE: only modes that can change are worth a place.</summary>
    private void SaveModes(in Parameters parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            int mode = parameters.ValueOr(i, 0);
            ModeReport state = QueryPrivateMode(mode);
            if (state is ModeReport.Set or ModeReport.Reset)
            {
                _savedModes.Save(mode, state == ModeReport.Set);
            }
        }
    }

    /// <summary>XTRESTORE: a mode that was not saved stays as it is; so does one that is as it was (setting 1049 again would clear the screen).</summary>
    private void RestoreModes(in Parameters parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            int mode = parameters.ValueOr(i, 0);
            if (_savedModes.TryGet(mode, out bool isSet) && QueryPrivateMode(mode) != Report(isSet))
            {
                SetPrivateMode(mode, isSet);
            }
        }
    }
}
