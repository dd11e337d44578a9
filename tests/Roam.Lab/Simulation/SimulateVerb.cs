using System.Diagnostics;
using System.Globalization;

namespace Roam.Lab;

/// <summary>Roam.Lab sim: runs seeds, replays one with its trace.</summary>
internal static class SimulateVerb
{
    private const string Usage = """
        usage: Roam.Lab sim [--seeds A..B | --fresh N | --seed N [--trace]] [--policy P] [--threads N]
               Roam.Lab sim carrier ...  the same with UDP blocked now and then and a way through ssh
               Roam.Lab sim sweep ...    the latency sweep; see sim sweep --help
               Roam.Lab sim streams ...  byte streams beside a typist
          --seeds A..B   these seeds (default 1..1000)
          --fresh N      N seeds from a random start, which is printed
          --seed N       one seed; with --trace one line an event
          --policy P     timing policy of both sides, or CLIENT,SERVER: roam (default), stock, stock-exact
        """;

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["sweep", ..])
        {
            return SweepVerb.Run(args[1..]);
        }

        if (args is ["streams", ..])
        {
            return StreamSimVerb.Run(args[1..]);
        }

        bool isCarrier = args is ["carrier", ..];
        if (isCarrier)
        {
            args = args[1..];
        }

        if (args is ["--help"])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        ulong first = 1;
        ulong last = 1000;
        bool trace = false;
        int threads = 1;
        PolicyPair policies = PolicyPair.Roam;
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isKnown = args[i] switch
            {
                "--seeds" => TryRange(value, out first, out last),
                "--seed" => TryRange(value + ".." + value, out first, out last),
                "--fresh" => TryFresh(value, out first, out last),
                "--policy" => PolicyPair.TryParse(value, out policies),
                "--threads" => int.TryParse(value, CultureInfo.InvariantCulture, out threads) && threads is > 0 and <= 64,
                "--trace" => true,
                _ => false,
            };
            if (!isKnown)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }

            if (args[i] == "--trace")
            {
                trace = true;
                continue;
            }

            i++;
        }

        Func<ulong, SimOptions> draw = isCarrier ? SimOptions.CarrierFromSeed : SimOptions.FromSeed;
        return trace ? Trace(draw(first) with { Policies = policies }) : RunSeeds(first, last, threads, seed => draw(seed) with { Policies = policies });
    }

    private static int Trace(SimOptions options)
    {
        Console.WriteLine(options);
        SimResult result = SimRun.Run(options, new SimTrace(Console.Out));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}: trace hash {result.TraceHash:x16}, {result.EndMicros / 1e6:F1} s, {result.Failure ?? "passed"}"));
        return result.Failure is null ? 0 : 1;
    }

    /// <summary>Each thread takes every n-th seed; a run shares nothing with any other.</summary>
    private static int RunSeeds(ulong first, ulong last, int threads, Func<ulong, SimOptions> draw)
    {
        long start = Stopwatch.GetTimestamp();
        long[] passed = new long[threads];
        long[] failed = new long[threads];
        double[] virtualSeconds = new double[threads];
        Lock console = new();
        Thread[] workers = new Thread[threads];
        for (int t = 0; t < threads; t++)
        {
            int mine = t;
            workers[t] = new Thread(() =>
            {
                for (ulong seed = first + (ulong)mine; seed <= last; seed += (ulong)threads)
                {
                    SimResult result = SimRun.Run(draw(seed));
                    virtualSeconds[mine] += result.EndMicros / 1e6;
                    if (result.Failure is null)
                    {
                        passed[mine]++;
                        continue;
                    }

                    failed[mine]++;
                    lock (console)
                    {
                        Report(result);
                    }
                }
            });
            workers[t].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{virtualSeconds.Sum():F0} s simulated in {seconds:F1} s"));
        Console.WriteLine($"{passed.Sum()} passed, {failed.Sum()} failed");
        return failed.Sum() == 0 ? 0 : 1;
    }

    private static void Report(SimResult result)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {result.Options.Seed} failed at {result.EndMicros / 1e6:F6} s: {result.Failure}"));
        Console.WriteLine($"  {result.Options}");
        Console.WriteLine($"  again: Roam.Lab sim {(result.Options.Carrier is null ? "" : "carrier ")}--seed {result.Options.Seed} --policy {result.Options.Policies.Client},{result.Options.Policies.Server} --trace");
    }

    private static bool TryRange(string text, out ulong first, out ulong last)
    {
        last = 0;
        string[] ends = text.Split("..");
        return ulong.TryParse(ends[0], CultureInfo.InvariantCulture, out first) && ends.Length == 2
            && ulong.TryParse(ends[1], CultureInfo.InvariantCulture, out last) && first <= last;
    }

    private static bool TryFresh(string text, out ulong first, out ulong last)
    {
        first = (ulong)Random.Shared.NextInt64(1L << 40);
        last = first;
        if (!uint.TryParse(text, CultureInfo.InvariantCulture, out uint count) || count == 0)
        {
            return false;
        }

        last = first + count - 1;
        Console.WriteLine($"fresh seeds {first}..{last}");
        return true;
    }
}
