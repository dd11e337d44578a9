namespace Roam.Terminal;

/// <summary>Places of the few capabilities used, in the order of term.h (SVr4, kept by ncurses).</summary>
internal static class TerminfoIndex
{
    public const int AutoRightMargin = 1;
    public const int EatNewlineGlitch = 4;
    public const int BackColorErase = 28;

    public const int MaxColors = 13;

    public const int ChangeScrollRegion = 3;
    public const int ClearToEndOfLine = 6;
    public const int CursorAddress = 10;
    public const int EnterCaMode = 28;
    public const int EraseChars = 37;
    public const int ExitCaMode = 40;
    public const int ToStatusLine = 135;
    public const int SetAForeground = 359;
}
