namespace Roam.Lab;

internal enum ProgramKind
{
    Shell,
    PasswordShell,
    Editor,
    Flood,
    Silent,
    SizeReporter,
    WideText,
    Noise,

    /// <summary>The last: drawn apart.</summary>
    Printer,
}
