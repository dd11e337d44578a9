namespace Roam.Terminal;

/// <summary>Answers that a terminal may give to <see cref="TerminalQueries"/>; each is expected once.</summary>
[Flags]
internal enum AnswerKinds
{
    None = 0,
    SynchronizedOutput = 1 << 0,
    GraphemeClusters = 1 << 1,
    ColorSchemeReports = 1 << 2,
    Name = 1 << 3,
    KeyboardFlags = 1 << 4,
    Foreground = 1 << 5,
    Background = 1 << 6,
    CellSize = 1 << 7,

    /// <summary>DA1: asked last, and every terminal answers it. What came before it in the burst has been answered by then, or never will be.</summary>
    DeviceAttributes = 1 << 8,
    All = (1 << 9) - 1,
}
