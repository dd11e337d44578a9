using System.Diagnostics;

namespace Roam.Lab;

/// <summary>CLOCK_MONOTONIC in nanoseconds, the same in every process of the machine: programs print it and the bench compares.</summary>
internal static class MonotonicClock
{
    public const long NanosPerMilli = 1_000_000;
    public const long NanosPerSecond = 1_000_000_000;

    /// <summary>On Linux a Stopwatch counts nanoseconds of CLOCK_MONOTONIC.</summary>
    public static long Nanos => Stopwatch.GetTimestamp();

    public static long OfMillis(double millis) => (long)(millis * NanosPerMilli);

    public static double ToMillis(long nanos) => nanos / (double)NanosPerMilli;
}
