using System.Globalization;

namespace Roam.Lab;

/// <summary>What a running process costs, read from /proc: private memory (clean and dirty), context switches of all threads, threads, CPU time.</summary>
internal readonly record struct ProcessSample(long PrivateKib, long Wakeups, int Threads, double CpuMillis)
{
    public static ProcessSample Of(int pid)
    {
        long wakeups = 0;
        string[] tasks = Directory.GetDirectories($"/proc/{pid}/task");
        foreach (string task in tasks)
        {
            wakeups += Fields($"{task}/status").Where(f => f.Name.EndsWith("ctxt_switches", StringComparison.Ordinal)).Sum(f => f.Value);
        }

        long privateKib = Fields($"/proc/{pid}/smaps_rollup").Where(f => f.Name is "Private_Clean" or "Private_Dirty").Sum(f => f.Value);
        return new ProcessSample(privateKib, wakeups, tasks.Length, CpuMillisOf(pid) ?? 0);
    }

    /// <summary>CPU time of all threads so far; null: the process is gone.</summary>
    public static double? CpuMillisOf(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task")
                .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, long Value)> Fields(string path)
    {
        foreach (string line in File.ReadLines(path))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string[] words = colon < 0 ? [] : line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && long.TryParse(words[0], CultureInfo.InvariantCulture, out long value))
            {
                yield return (line[..colon], value);
            }
        }
    }
}
