namespace Roam.Lab;

/// <summary>The markers of a recorded typing session.</summary>
internal static class TypingMarks
{
    public const string Text = "as text";
    public const string Command = "as command";
    public const string SecretBegins = "secret begins";
    public const string SecretEnds = "secret ends";

    private const string Line = "tty ";

    public static string OfGroup(TypingGroup group) => group == TypingGroup.Text ? Text : Command;

    public static string OfSecret(bool isSecret) => isSecret ? SecretBegins : SecretEnds;

    /// <summary>ICANON and ECHO as stty writes them.</summary>
    public static string OfLine(bool canonical, bool echo) => $"{Line}{(canonical ? "" : "-")}icanon {(echo ? "" : "-")}echo";

    /// <summary>False: the marker says something else.</summary>
    public static bool TryReadLine(string marker, out bool canonical, out bool echo)
    {
        canonical = !marker.Contains("-icanon", StringComparison.Ordinal);
        echo = !marker.Contains("-echo", StringComparison.Ordinal);
        return marker.StartsWith(Line, StringComparison.Ordinal);
    }
}
