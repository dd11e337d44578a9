namespace Roam.Terminal;

/// <summary>vi's normal-mode commands as far as prediction must tell them apart (POSIX, vi).</summary>
internal static class ViKeys
{
    /// <summary>Ctrl-W: a command to a window follows.</summary>
    public const int WindowPrefix = 0x17;

    /// <summary>Waits for another key: an operator, a search on the line, a mark, a count.</summary>
    public static bool IsPrefix(char key) => key is 'c' or 'd' or 'y' or '<' or '>' or '=' or '!' or 'f' or 'F' or 't' or 'T' or 'r' or 'g' or 'z' or 'm' or 'q' or '@' or '"'
        or '\'' or '`' or '[' or ']' or 'Z' or (>= '1' and <= '9');

    /// <summary>Opens insert mode at a place that only the answer shows.</summary>
    public static bool InsertsElsewhere(char key) => key is 'o' or 'O' or 's' or 'S' or 'C' or 'R';

    /// <summary>Behind an operator: a text object follows ("ciw").</summary>
    public static bool IsObjectPrefix(char key) => key is 'i' or 'a';
}
