using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>time.h, sys/timerfd.h.</summary>
internal static unsafe partial class Libc
{
    public const int CLOCK_REALTIME = 0;
    public const int CLOCK_BOOTTIME = 7;
    public const int TFD_TIMER_ABSTIME = 1;
    public const int TFD_TIMER_CANCEL_ON_SET = 2;

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanos;

        public static TimeSpec OfMicros(long micros) => new() { Seconds = micros / 1_000_000, Nanos = micros % 1_000_000 * 1000 };
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ITimerSpec
    {
        public TimeSpec Interval;
        public TimeSpec Value;
    }

    /// <summary>The fields of struct tm that are used; the rest of its 56 bytes is padding here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 56)]
    public struct BrokenDownTime
    {
        public int Second;
        public int Minute;
        public int Hour;
        public int DayOfMonth;
        public int Month;
        public int Year;
    }

    /// <summary>Answered by the vDSO in about 20 ns: not worth a change of GC mode.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int clock_gettime(int clock, TimeSpec* time);

    [LibraryImport(Library)]
    public static partial BrokenDownTime* localtime_r(long* time, BrokenDownTime* result);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int timerfd_create(int clock, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int timerfd_settime(int fd, int flags, ITimerSpec* value, ITimerSpec* old);
}
