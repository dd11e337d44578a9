using System.Text;

namespace Roam.Host;

/// <summary>Text to standard output and error by write(2): System.Console costs a thread and 0.1 MB.</summary>
public static class StandardStreams
{
    public static bool InputIsTerminal => Libc.isatty(0) == 1;

    public static bool OutputIsTerminal => Libc.isatty(1) == 1;

    public static bool ErrorIsTerminal => Libc.isatty(2) == 1;

    /// <summary>Standard input is at its end from now on, here and in what this process becomes.</summary>
    public static void ForgetInput()
    {
        int fd = Libc.open("/dev/null", Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (fd >= 0)
        {
            _ = Libc.dup2(fd, 0);
            _ = Libc.close(fd);
        }
    }

    public static void Out(string text) => _ = Libc.WriteAll(1, Encoding.UTF8.GetBytes(text));

    public static void Error(string text) => _ = Libc.WriteAll(2, Encoding.UTF8.GetBytes(text));

    /// <summary>Window of the terminal on standard input or output. False: there is none, or it says 0.</summary>
    public static bool TryGetWindowSize(out int width, out int height) => Libc.TryGetWindowSize(0, out width, out height) || Libc.TryGetWindowSize(1, out width, out height);
}
