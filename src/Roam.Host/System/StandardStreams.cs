using System.Text;

namespace Roam.Host;

/// <summary>Text to standard output and error by write(2): System.Console costs a thread and 0.1 MB.</summary>
public static class StandardStreams
{
    public static bool InputIsTerminal => Libc.isatty(0) == 1;

    public static bool OutputIsTerminal => Libc.isatty(1) == 1;

    public static bool ErrorIsTerminal => Libc.isatty(2) == 1;

    public static void Out(string text) => _ = Libc.WriteAll(1, Encoding.UTF8.GetBytes(text));

    public static void Error(string text) => _ = Libc.WriteAll(2, Encoding.UTF8.GetBytes(text));

    /// <summary>Window of the terminal on standard input or output. False: there is none, or it says 0.</summary>
    public static bool TryGetWindowSize(out int width, out int height) => Libc.TryGetWindowSize(0, out width, out height) || Libc.TryGetWindowSize(1, out width, out height);
}
