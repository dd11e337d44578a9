namespace Roam.Terminal;

/// <summary>How an <see cref="Emulator"/> is set up. The defaults are those of a server.</summary>
public sealed class EmulatorOptions
{
    /// <summary>False on the client, which reads diffs: a diff asks nothing, answers would go nowhere, and the words that only a diff may say are understood.</summary>
    public bool AnswerQueries { get; init; } = true;

    /// <summary>Colours the program was promised (TERM); 0 leaves "ANSI colour" out of the primary device attributes.</summary>
    public int ColorCount { get; init; } = 256;

    /// <summary>Lines kept that left the main screen at its top; 0 = none.</summary>
    public int HistoryLines { get; init; }

    /// <summary>Whether DECRQCRA is answered. With it any program that writes to the terminal can read what is on the screen.</summary>
    public bool AllowScreenReports { get; init; }

    /// <summary>
    /// Lets a program ask (OSC 52 ; c ; ?) for the selections, and then only for what programs of this session put there. Off: what was copied may be a secret, and a file that is
    /// merely shown could ask.
    /// </summary>
    public bool AllowClipboardQuery { get; init; }

    /// <summary>Name and version given to XTVERSION, as others write it: "roam(1.0)".</summary>
    public string ProductVersion { get; init; } = "roam";

    /// <summary>Tables and pool of the session, if other screens share them; null = own ones.</summary>
    public ScreenTables? Tables { get; init; }

    public ScreenPool? Pool { get; init; }
}
