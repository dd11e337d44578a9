namespace Roam.Lab;

/// <summary>Waits until the pictures of all sessions show something printed after a certain time (the programs print the clock), and notes when each did.</summary>
internal static class FreshPicture
{
    public static long StampOf(LiveSession session) => TickProgram.StampOf(session.RowText(0));

    /// <param name="watch">Of all the sessions.</param>
    /// <param name="sessions">In the order of the times.</param>
    /// <param name="startNanos">Times count from here.</param>
    /// <param name="printedAfterNanos">What was printed before does not count.</param>
    /// <param name="patienceSeconds">Then "never".</param>
    /// <param name="times">One is added to each.</param>
    public static void Wait(SessionWatch watch, List<LiveSession> sessions, long startNanos, long printedAfterNanos, double patienceSeconds, List<double>[] times) =>
        Wait(watch, sessions, startNanos, [.. sessions.Select(_ => printedAfterNanos)], patienceSeconds, times);

    public static void Wait(SessionWatch watch, List<LiveSession> sessions, long startNanos, long[] printedAfterNanos, double patienceSeconds, List<double>[] times)
    {
        long?[] seen = new long?[sessions.Count];
        long deadline = startNanos + (long)(patienceSeconds * MonotonicClock.NanosPerSecond);
        for (long now = startNanos; now < deadline && seen.Contains(null);)
        {
            now = watch.Wait(deadline);
            for (int i = 0; i < sessions.Count; i++)
            {
                seen[i] ??= StampOf(sessions[i]) > printedAfterNanos[i] ? now : null;
            }
        }

        for (int i = 0; i < sessions.Count; i++)
        {
            times[i].Add(PatientTime.Since(startNanos, seen[i]));
        }
    }

    public static ResultTable Table(List<LiveSession> sessions, List<double>[] times)
    {
        ResultTable table = new("", "median ms", "max", "each");
        for (int i = 0; i < sessions.Count; i++)
        {
            Distribution d = new(times[i]);
            table.Add(sessions[i].Name, PatientTime.Text(d.Median), PatientTime.Text(d.Max), string.Join(' ', times[i].Select(PatientTime.Text)));
        }

        return table;
    }
}
