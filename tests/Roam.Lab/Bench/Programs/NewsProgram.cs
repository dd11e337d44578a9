using Roam.Host;

namespace Roam.Lab;

/// <summary>Is silent until a byte comes through the named pipe, then draws the clock of the moment in the first row, as the tick program does.</summary>
internal static unsafe class NewsProgram
{
    public const string Ready = "waiting";

    public static int Run(string pipe)
    {
        RawTerminal.Enter();
        int fd = Libc.open(pipe, Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        byte[] line = new byte[64];
        Print(line, Ready);
        Print(line, Ready); // the second one finds all code compiled
        byte one;
        while (fd >= 0 && Libc.read(fd, &one, 1) == 1)
        {
            Print(line, $"{TickProgram.Label}{MonotonicClock.Nanos}");
        }

        return 1;
    }

    private static void Print(byte[] line, string text)
    {
        System.Text.Unicode.Utf8.TryWrite(line, $"\e[H{text}\e[K", out int length);
        _ = RawTerminal.Write(line.AsSpan(0, length));
    }
}
