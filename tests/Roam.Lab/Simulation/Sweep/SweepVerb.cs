using System.Diagnostics;
using System.Globalization;

namespace Roam.Lab;

/// <summary>Roam.Lab sim sweep: how long keys take on many paths, for pairs of timing policies, in virtual time.</summary>
internal static class SweepVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--help"])
        {
            Console.WriteLine(SweepOptions.Usage);
            return 0;
        }

        if (!SweepOptions.TryParse(args, out SweepOptions options))
        {
            Console.Error.WriteLine(SweepOptions.Usage);
            return 2;
        }

        string? file = SweepRecord.FindFile();
        if (options.Records && file is null)
        {
            Console.Error.WriteLine("Roam.Lab sim sweep: --record works in a working copy of Roam only");
            return 2;
        }

        long start = Stopwatch.GetTimestamp();
        List<SweepCell> cells = SweepGrid.Find(options.Grid);
        SweepResult[] results = RunAll(options, cells);
        if (options.Records)
        {
            File.WriteAllText(file!, SweepRecord.Write(results.Where(r => r.Failure is null)));
        }

        SweepRecord record = ReadRecord(file);
        SweepRow[] rows = [.. results.Select((r, i) => new SweepRow(cells[i / options.Pairs.Count], r, record.Find(r)))];
        SweepTable table = new(rows, options.Pairs.Count);
        Console.Write(options.IsMarkdown ? table.Markdown() : table.Text());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Length} runs in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        return Judge(rows, mustBeRecorded: options.IsGated);
    }

    /// <summary>Cell by cell, in each the pairs in their order. A run shares nothing with any other, so threads change no number.</summary>
    private static SweepResult[] RunAll(SweepOptions options, List<SweepCell> cells)
    {
        List<PolicyPair> pairs = options.Pairs;
        SweepResult[] results = new SweepResult[cells.Count * pairs.Count];
        int next = -1;
        Thread[] workers = new Thread[options.Threads];
        for (int t = 0; t < workers.Length; t++)
        {
            workers[t] = new Thread(() =>
            {
                for (int i = Interlocked.Increment(ref next); i < results.Length; i = Interlocked.Increment(ref next))
                {
                    results[i] = SweepRun.Run(cells[i / pairs.Count], pairs[i % pairs.Count], options.Keys, options.Seed);
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

    private static SweepRecord ReadRecord(string? file)
    {
        using TextReader text = file is not null && File.Exists(file) ? File.OpenText(file) : TextReader.Null;
        return SweepRecord.Read(text);
    }

    private static int Judge(SweepRow[] rows, bool mustBeRecorded)
    {
        int failed = 0;
        int unrecorded = 0;
        int changed = 0;
        foreach (SweepRow row in rows)
        {
            bool isMissing = mustBeRecorded && row.Recorded is null;
            unrecorded += isMissing ? 1 : 0;
            changed += row.Recorded is not null && row.Recorded != row.Now ? 1 : 0;
            failed += isMissing || row.Fault is not null ? 1 : 0;
        }

        if (changed + unrecorded != 0)
        {
            Console.WriteLine($"{changed} rows differ from the record, {unrecorded} are not in it; Roam.Lab sim sweep --record takes the new numbers over");
        }

        Console.WriteLine($"{rows.Length - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
