namespace Roam.Lab;

/// <summary>A time that was waited for, but not for ever: positive infinity stands for "not within the patience of the scenario".</summary>
internal static class PatientTime
{
    public static double Since(long startNanos, long? endNanos) => endNanos is { } end ? MonotonicClock.ToMillis(end - startNanos) : double.PositiveInfinity;

    public static string Text(double millis) => double.IsPositiveInfinity(millis) ? "never" : double.IsNaN(millis) ? "-" : $"{millis:F0}";
}
