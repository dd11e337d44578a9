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
    public const int ClearToEndOfScreen = 7;
    public const int ColumnAddress = 8;
    public const int CursorAddress = 10;
    public const int CursorInvisible = 13;
    public const int EnterCaMode = 28;
    public const int EnterDimMode = 30;
    public const int EraseChars = 37;
    public const int ExitCaMode = 40;
    public const int ExitUnderlineMode = 44;
    public const int ParmDeleteCharacters = 105;
    public const int ParmDownCursor = 107;
    public const int ParmInsertCharacters = 108;
    public const int ParmLeftCursor = 111;
    public const int ParmRightCursor = 112;
    public const int ParmReverseIndex = 113;
    public const int ParmUpCursor = 114;
    public const int RepeatCharacter = 121;
    public const int RowAddress = 127;
    public const int ScrollReverse = 130;
    public const int ToStatusLine = 135;
    public const int ClearToBeginningOfLine = 269;
    public const int OriginalPair = 297;
    public const int EnterItalicsMode = 311;
    public const int KeyMouse = 355;
    public const int SetAForeground = 359;
}
