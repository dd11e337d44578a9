using System.Globalization;

namespace Roam.Lab;

/// <summary>`predict record NAME...`: real programs, typed into at a person's pace, as files for `predict sim`. Takes as long as a person does; all at once, since a typist mostly waits.</summary>
internal static class PredictRecordVerb
{
    /// <summary>More at a time would make the programs slower than they are.</summary>
    private const int AtOnceDefault = 4;

    private const string Usage =
        "usage: Roam.Lab predict record NAME...|all [--seed N] [--hurried FACTOR] [--set own|held-out] [--workloads FOLDER] [--to FOLDER] [--at-once N]\n"
        + "  Plays the workloads (tests/Roam.Lab/Predict/Workloads, or HeldOut) and writes NAME.cast (tests/Roam.Tests/Prediction/Recordings, or HeldOut). As root each runs in a room of its own.";

    public static int Run(ReadOnlySpan<string> args)
    {
        List<string> names = [];
        ulong seed = 1;
        double hurry = 1;
        string? source = null;
        string? target = null;
        TypingSet? set = TypingSet.Own;
        int atOnce = AtOnceDefault;
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                names.Add(args[i]);
                continue;
            }

            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool understood = args[i++] switch
            {
                "--seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                "--hurried" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out hurry),
                "--workloads" => Directory.Exists(source = value),
                "--set" => (set = TypingSet.Find(value)) is not null,
                "--to" => (target = value).Length != 0,
                "--at-once" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out atOnce) && atOnce > 0,
                _ => false,
            };
            if (!understood)
            {
                return Complain(Usage);
            }
        }

        if (names.Count == 0 || set is null)
        {
            return Complain(Usage);
        }

        IReadOnlyList<TypingWorkload> all = source is null && set == TypingSet.Own ? TypingWorkload.All() : TypingWorkload.In(source ?? set.Workloads);
        TypingWorkload[] chosen = [.. all.Where(w => names.Contains("all") || names.Contains(w.Name))];
        return chosen.Length == 0 ? Complain("predict record: no workload of that name") : RecordAll(chosen, target ?? set.Recordings, seed, hurry, atOnce);
    }

    private static int RecordAll(TypingWorkload[] workloads, string folder, ulong seed, double hurry, int atOnce)
    {
        Directory.CreateDirectory(folder);
        int next = -1;
        int failed = 0;
        Thread[] workers = new Thread[Math.Min(atOnce, workloads.Length)];
        for (int t = 0; t < workers.Length; t++)
        {
            workers[t] = new Thread(() =>
            {
                for (int i = Interlocked.Increment(ref next); i < workloads.Length; i = Interlocked.Increment(ref next))
                {
                    Interlocked.Add(ref failed, RecordOne(workloads[i], Path.Combine(folder, workloads[i].Name + ".cast"), workloads[i].PaceSeed(seed), hurry) ? 0 : 1);
                }
            });
            workers[t].Start();
        }

        Array.ForEach(workers, w => w.Join());
        return failed == 0 ? 0 : 1;
    }

    private static bool RecordOne(TypingWorkload workload, string file, ulong seed, double hurry)
    {
        if (workload.Missing is string missing)
        {
            Console.WriteLine($"{workload.Name}: {missing} is not installed");
            return true;
        }

        using TypingRecorder recorder = new(workload, file);
        string? failure = recorder.Run(seed, hurry);
        Console.WriteLine($"{workload.Name}: {failure ?? $"{workload.KeyCount} keys, {new FileInfo(file).Length / 1024} KB"}");
        return failure is null;
    }

    private static int Complain(string text)
    {
        Console.Error.WriteLine(text);
        return 2;
    }
}
