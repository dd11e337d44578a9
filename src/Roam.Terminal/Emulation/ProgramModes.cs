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

    /// <summary>Mode 2027: text goes to cells by grapheme cluster.</summary>
    public bool Clusters { get; set; }

    /// <summary>Xterm's mode 45: BS at the left margin goes back over a wrapped line's end.</summary>
    public bool ReverseWrap { get; set; }
}
