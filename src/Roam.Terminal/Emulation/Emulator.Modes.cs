namespace Roam.Terminal;

/// <summary>SM, RM, DECSET, DECRST and what DECRQM answers. A mode that is added to one switch must be added to the other; those that never change are in <see cref="FixedModes"/>.</summary>
public sealed partial class Emulator
{
    private void SetModes(in Parameters parameters, bool isPrivate, bool on)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            int mode = parameters.ValueOr(i, 0);
            if (isPrivate)
            {
                SetPrivateMode(mode, on);
            }
            else
            {
                SetAnsiMode(mode, on);
            }
        }
    }

    private void SetAnsiMode(int mode, bool on)
    {
        switch (mode)
        {
            case 4:
                _modes.Insert = on;
                break;
            case 20:
                _modes.NewLine = on;
                break;
        }
    }

    private void SetPrivateMode(int mode, bool on)
    {
        switch (mode)
        {
            case 1:
                _modes.ApplicationCursorKeys = on;
                break;
            case 5:
                Screen.Modes.ReverseVideo = on;
                break;
            case 6:
                _modes.Origin = on;
                MoveToAddress(1, 1);
                break;
            case 7:
                _modes.AutoWrap = on;
                break;
            case 12:
                SetCursorBlink(on);
                break;
            case 25:
                Screen.Modes.CursorHidden = !on;
                break;
            case 3 or 40 or 41 or 45 or 69 or 95 or 1045:
                SetGeometryMode(mode, on);
                break;
            case 66:
                _modes.ApplicationKeypad = on;
                break;
            case 67:
                _talk.BackarrowSendsBackspace = on;
                break;
            case 47 or 1047 or 1048 or 1049:
                SetAlternateMode(mode, on);
                break;
            case 9 or 1000 or 1001 or 1002 or 1003:
                Screen.Modes.Mouse = on ? (MouseTracking)mode : MouseTracking.None;
                break;
            case 1004:
                Screen.Modes.FocusEvents = on;
                break;
            case 1005 or 1006 or 1015 or 1016:
                SetMouseEncoding((MouseEncoding)mode, on);
                break;
            case 1007:
                Screen.Modes.AlternateScroll = on;
                break;
            case 2004:
                Screen.Modes.BracketedPaste = on;
                break;
            case 2026:
                SetSynchronizedUpdate(on);
                break;
            case 2027:
                _modes.Clusters = on;
                break;
            case 2031:
                _talk.SchemeReports = on;
                break;
            case 2048:
                SetSizeReports(on);
                break;
        }
    }

    /// <summary>The encodings exclude each other; resetting one that is not in force changes nothing.</summary>
    private void SetMouseEncoding(MouseEncoding encoding, bool on)
    {
        if (on)
        {
            Screen.Modes.MouseEncoding = encoding;
        }
        else if (Screen.Modes.MouseEncoding == encoding)
        {
            Screen.Modes.MouseEncoding = MouseEncoding.Classic;
        }
    }

    private ModeReport QueryAnsiMode(int mode) => mode switch
    {
        4 => Report(_modes.Insert),
        20 => Report(_modes.NewLine),
        _ => FixedModes.OfAnsi(mode),
    };

    private ModeReport QueryPrivateMode(int mode) => mode switch
    {
        1 => Report(_modes.ApplicationCursorKeys),
        3 or 40 or 41 or 45 or 69 or 95 or 1045 => Report(GeometryMode(mode)),
        5 => Report(Screen.Modes.ReverseVideo),
        6 => Report(_modes.Origin),
        7 => Report(_modes.AutoWrap),
        12 => Report(CursorBlinks),
        25 => Report(!Screen.Modes.CursorHidden),
        47 or 1047 or 1049 => Report(IsAlternate),
        66 => Report(_modes.ApplicationKeypad),
        67 => Report(_talk.BackarrowSendsBackspace),
        9 or 1000 or 1001 or 1002 or 1003 => Report((int)Screen.Modes.Mouse == mode),
        1004 => Report(Screen.Modes.FocusEvents),
        1005 or 1006 or 1015 or 1016 => Report((int)Screen.Modes.MouseEncoding == mode),
        1007 => Report(Screen.Modes.AlternateScroll),
        1048 => ModeReport.Set,
        2004 => Report(Screen.Modes.BracketedPaste),
        2026 => Report(SynchronizedUpdate),
        2027 => Report(_modes.Clusters),
        2031 => Report(_talk.SchemeReports),
        2048 => Report(_talk.SizeReports),
        _ => FixedModes.OfPrivate(mode),
    };

    private static ModeReport Report(bool isSet) => isSet ? ModeReport.Set : ModeReport.Reset;
}
