using System.Diagnostics;
using System.Globalization;

namespace Roam.Lab;

/// <summary>Roam.Lab sim sweep: how long keys take on many paths, for pairs of timing policies, in virtual time.</summary>
internal static class SweepVerb
{
    private const int KeysSmall = 400;
    private const int KeysFull = 2000;

    private const string Usage = """
        usage: Roam.Lab sim sweep [--grid G] [--pairs P,P...] [--keys N] [--seed N] [--threads N] [--markdown]
          --grid G       small (default), full, loss, jitter, rate, named, or names of cells, with * for any text: rtt100*,ge15b3
          --pairs P,P    timing policies CLIENT+SERVER: stock+stock,stock-exact+stock-exact (default: each combination of stock and roam)
          --keys N       keys counted in a cell (default 400, in other grids than small 2000; redraws take half of it, floods an eighth)
          --seed N       of the network and the typist (default 1)
          --threads N    cells at the same time (default 1)
          --markdown     a table in Markdown, a row a cell
        """;

    private static readonly string[] DefaultPairs = ["stock+stock", "roam+roam", "roam+stock", "stock+roam"];

    public static int Run(ReadOnlySpan<string> args)
    {
        string grid = "small";
        List<PolicyPair> pairs = [];
        int keys = 0;
        ulong seed = 1;
        int threads = 1;
        bool isMarkdown = false;
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--grid" when SweepGrid.Find(value).Count != 0:
                    grid = value;
                    break;
                case "--pairs" when TryPairs(value, pairs):
                case "--keys" when int.TryParse(value, CultureInfo.InvariantCulture, out keys) && keys is > 0 and <= 1_000_000:
                case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out seed):
                case "--threads" when int.TryParse(value, CultureInfo.InvariantCulture, out threads) && threads is > 0 and <= 64:
                    break;
                case "--markdown":
                    isMarkdown = true;
                    continue;
                case "--help":
                    Console.WriteLine(Usage);
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }

            i++;
        }

        if (pairs.Count == 0)
        {
            TryPairs(string.Join(',', DefaultPairs.Where(p => PolicyPair.TryParse(p, out _))), pairs);
        }

        keys = keys != 0 ? keys : grid == "small" ? KeysSmall : KeysFull;
        long start = Stopwatch.GetTimestamp();
        List<SweepCell> cells = SweepGrid.Find(grid);
        SweepResult[] results = RunAll(cells, pairs, keys, seed, threads);
        SweepTable table = new(results, pairs.Count);
        Console.Write(isMarkdown ? table.Markdown() : table.Text());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Length} runs in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        int failed = results.Count(r => r.Failure is not null);
        Console.WriteLine($"{results.Length - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Cell by cell, in each the pairs in their order. A run shares nothing with any other, so threads change no number.</summary>
    private static SweepResult[] RunAll(List<SweepCell> cells, List<PolicyPair> pairs, int keys, ulong seed, int threads)
    {
        SweepResult[] results = new SweepResult[cells.Count * pairs.Count];
        int next = -1;
        Thread[] workers = new Thread[threads];
        for (int t = 0; t < threads; t++)
        {
            workers[t] = new Thread(() =>
            {
                for (int i = Interlocked.Increment(ref next); i < results.Length; i = Interlocked.Increment(ref next))
                {
                    results[i] = SweepRun.Run(cells[i / pairs.Count], pairs[i % pairs.Count], keys, seed);
                }
            });
            workers[t].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        return results;
    }

    private static bool TryPairs(string text, List<PolicyPair> pairs)
    {
        foreach (string name in text.Split(','))
        {
            if (!PolicyPair.TryParse(name, out PolicyPair pair))
            {
                return false;
            }

            pairs.Add(pair);
        }

        return true;
    }
}
