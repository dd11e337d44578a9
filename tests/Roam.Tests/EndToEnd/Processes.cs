using System.Diagnostics;
using System.Globalization;
using Roam.Host;

namespace Roam.Tests.EndToEnd;

/// <summary>Other processes, as /proc and signals show them.</summary>
internal static unsafe class Processes
{
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGUSR1 = 10;
    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGPIPE = 13;
    public const int SIGSTOP = 19;

    public static void Signal(int pid, int signal) => _ = Libc.kill(pid, signal);

    /// <summary>Waits for something to read, or for the time; -1: only for the time.</summary>
    public static void WaitReadable(int fd, int millis)
    {
        Libc.PollFd wait = new() { Fd = fd, Events = Libc.POLLIN };
        Libc.TimeSpec timeout = Libc.TimeSpec.OfMicros(millis * 1000L);
        _ = Libc.ppoll(&wait, 1, &timeout, null);
    }

    public static bool IsAlive(int pid) => Libc.kill(pid, 0) == 0 && !IsZombie(pid);

    /// <summary>Waits for the end of a process that need not be our child.</summary>
    public static void WaitForEnd(int pid, string who)
    {
        long start = Stopwatch.GetTimestamp();
        while (IsAlive(pid))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, $"{who} ({pid}) did not end");
            WaitReadable(-1, 20);
        }
    }

    /// <summary>Waits until a process has been stopped: a SIGCONT that comes before is lost.</summary>
    public static void WaitForStop(int pid, string who)
    {
        long start = Stopwatch.GetTimestamp();
        while (StatFields(pid) is not ["T", ..])
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, $"{who} ({pid}) did not stop");
            WaitReadable(-1, 20);
        }
    }

    public static int[] ChildrenOf(int pid) =>
        [.. AllIds().Where(p => ParentOf(p) == pid)];

    public static int ParentOf(int pid) => StatFields(pid) is { Length: > 1 } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    public static int ThreadCount(int pid) => Directory.GetDirectories($"/proc/{pid}/task").Length;

    public static string Maps(int pid) => File.ReadAllText($"/proc/{pid}/maps");

    public static string CommandLine(int pid) => File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Replace('\0', ' ');

    public static string EnvironmentOf(int pid) => File.ReadAllText($"/proc/{pid}/environ").Replace('\0', '\n');

    /// <summary>Memory that would come back if the process ended: what it alone has in use.</summary>
    public static long PrivateKilobytes(int pid) => File.ReadLines($"/proc/{pid}/smaps_rollup")
        .Where(l => l.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    private static bool IsZombie(int pid) => StatFields(pid) is not { Length: > 0 } fields || fields[0] == "Z";

    /// <summary>The fields after the name, which may hold anything: state, parent ...</summary>
    private static string[] StatFields(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IEnumerable<int> AllIds() =>
        Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0).Where(p => p > 0);
}
