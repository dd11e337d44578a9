namespace Roam.Lab;

/// <summary>Every 100 ms draws the clock of the moment in the first row, so that who looks at the picture knows how old it is.</summary>
internal static class TickProgram
{
    public const int PeriodMillis = 100;

    /// <summary>In front of the time, which is in nanoseconds of the monotonic clock.</summary>
    public const string Label = "tick ";

    public static int Run()
    {
        RawTerminal.Enter();
        _ = RawTerminal.Write("\e[2J"u8);
        byte[] line = new byte[64];
        for (long next = MonotonicClock.Nanos; ; next += MonotonicClock.OfMillis(PeriodMillis))
        {
            while (MonotonicClock.Nanos < next)
            {
                if (!RawTerminal.TryRead(next, out _))
                {
                    return 0;
                }
            }

            System.Text.Unicode.Utf8.TryWrite(line, $"\e[H{Label}{MonotonicClock.Nanos}\e[K", out int length);
            if (!RawTerminal.Write(line.AsSpan(0, length)))
            {
                return 0;
            }
        }
    }

    /// <summary>When what is in the first row was printed; 0: nothing is there yet.</summary>
    public static long StampOf(string row) => row.StartsWith(Label, StringComparison.Ordinal) && long.TryParse(row.AsSpan(Label.Length), null, out long nanos) ? nanos : 0;
}
