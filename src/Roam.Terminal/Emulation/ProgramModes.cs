namespace Roam.Terminal;

/// <summary>Modes that matter only to the side that runs the program; those of the user's terminal are in <see cref="ScreenModes"/>.</summary>
internal record struct ProgramModes
{
    /// <summary>What a terminal has after power-on.</summary>
    public static readonly ProgramModes Initial = new() { AutoWrap = true };

    /// <summary>DECAWM.</summary>
    public bool AutoWrap { get; set; }

    /// <summary>DECOM.</summary>
    public bool Origin { get; set; }

    /// <summary>IRM.</summary>
    public bool Insert { get; set; }

    /// <summary>LNM.</summary>
    public bool NewLine { get; set; }

    /// <summary>DECCKM.</summary>
    public bool ApplicationCursorKeys { get; set; }

    /// <summary>DECNKM, DECKPAM.</summary>
    public bool ApplicationKeypad { get; set; }

    /// <summary>Xterm's mode 41 ("more fix"): a tab carries out a pending wrap first.</summary>
    public bool WrapBeforeTab { get; set; }

    /// <summary>Mode 2027: text goes to cells by grapheme cluster.</summary>
    public bool Clusters { get; set; }

    /// <summary>Xterm's mode 45: BS at the left margin goes back over a wrapped line's end.</summary>
    public bool ReverseWrap { get; set; }

    /// <summary>Xterm's mode 1045: BS goes back over the beginning of any line.</summary>
    public bool ExtendedReverseWrap { get; set; }

    /// <summary>DECLRMM.</summary>
    public bool ColumnMargins { get; set; }

    /// <summary>Xterm's mode 40: DECCOLM may be changed.</summary>
    public bool AllowColumnMode { get; set; }

    /// <summary>DECCOLM.</summary>
    public bool WideColumns { get; set; }

    /// <summary>DECNCSM.</summary>
    public bool KeepScreenOnColumnMode { get; set; }

    /// <summary>What DECSTR leaves as it is (VT510, table 5-6, does not name them; nor does xterm reset them).</summary>
    public readonly ProgramModes AfterSoftReset => Initial with
    {
        NewLine = NewLine,
        AllowColumnMode = AllowColumnMode,
        WideColumns = WideColumns,
        KeepScreenOnColumnMode = KeepScreenOnColumnMode,
    };
}
