namespace Roam.Terminal;

/// <summary>What begins on a row, as the shell marked it (OSC 133). Several may meet on one row.</summary>
[Flags]
public enum PromptMarkKinds : byte
{
    None = 0,

    /// <summary>"A", "P", and iTerm's SetMark: a prompt.</summary>
    Prompt = 1 << 0,

    /// <summary>"B": what the user types.</summary>
    Command = 1 << 1,

    /// <summary>"C": what the command writes.</summary>
    Output = 1 << 2,

    /// <summary>"D": the command has ended.</summary>
    End = 1 << 3,

    /// <summary>"D" said how: <see cref="PromptMark.ExitCode"/> counts.</summary>
    ExitCodeKnown = 1 << 4,
}
