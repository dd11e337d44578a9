using Roam.Host;

namespace Roam.Lab;

/// <summary>The terminal that a bench program runs on, without line discipline and without the runtime's console: a key is here as soon as the kernel has it.</summary>
internal static unsafe class RawTerminal
{
    private const int InputBytesMax = 4096;
    private static readonly byte[] Input = new byte[InputBytesMax];

    public static void Enter()
    {
        Libc.Termios termios;
        if (Libc.tcgetattr(0, &termios) == 0)
        {
            Libc.cfmakeraw(&termios);
            _ = Libc.tcsetattr(0, Libc.TCSANOW, &termios);
        }
    }

    /// <summary>Waits for keys, at most until the given time. Empty: none came. False: the terminal is gone.</summary>
    public static bool TryRead(long untilNanos, out ReadOnlySpan<byte> keys)
    {
        keys = default;
        Libc.PollFd polled = new() { Fd = 0, Events = Libc.POLLIN };
        long wait = Math.Max(0, untilNanos - MonotonicClock.Nanos);
        Libc.TimeSpec timeout = new() { Seconds = wait / MonotonicClock.NanosPerSecond, Nanos = wait % MonotonicClock.NanosPerSecond };
        if (Libc.ppoll(&polled, 1, &timeout, null) <= 0)
        {
            return true;
        }

        fixed (byte* start = Input)
        {
            nint n = Libc.read(0, start, InputBytesMax);
            keys = Input.AsSpan(0, (int)Math.Max(0, n));
            return n > 0;
        }
    }

    public static bool Write(ReadOnlySpan<byte> output) => Libc.WriteAll(1, output);
}
