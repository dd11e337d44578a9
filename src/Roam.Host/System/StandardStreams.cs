namespace Roam.Host;

/// <summary>Text to standard output and error by write(2): System.Console costs a thread and 0.1 MB.</summary>
public static class StandardStreams
{
    public static void Out(string text)
    {
    }

    public static void Error(string text)
    {
    }

    public static bool InputIsTerminal => false;

    public static bool OutputIsTerminal => false;

    /// <summary>Window of the terminal on standard input or output. False: there is none, or it says 0.</summary>
    public static bool TryGetWindowSize(out int width, out int height)
    {
        width = 80;
        height = 24;
        return false;
    }
}
