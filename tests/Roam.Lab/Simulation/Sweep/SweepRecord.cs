using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>The recorded results: a table in the repository, one line a cell and pair of policies.</summary>
internal sealed class SweepRecord
{
    private const string Header = "cell\tpolicies\tkeys\tseed\tcounted\tmedian_us\tmean_us\tp95_us\tp99_us\tdatagrams\tlongest_queue_us\tstuck";

    private readonly Dictionary<(string Cell, string Policies, int Keys, ulong Seed), SweepResult> _results = [];

    /// <summary>The file, found from the built program's place; null outside of a working copy.</summary>
    public static string? FindFile()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Roam.slnx")))
            {
                return Path.Combine(folder.FullName, "tests", "Roam.Lab", "Simulation", "Sweep", "expected.tsv");
            }
        }

        return null;
    }

    public static SweepRecord Read(TextReader text)
    {
        SweepRecord record = new();
        string? line = text.ReadLine();
        if (line is not null && line != Header)
        {
            throw new InvalidDataException("the record of the sweep has other columns: make it anew with --record");
        }

        while ((line = text.ReadLine()) is not null)
        {
            SweepResult result = Parse(line.Split('\t'));
            record._results.Add(KeyOf(result), result);
        }

        return record;
    }

    public static string Write(IEnumerable<SweepResult> results)
    {
        StringBuilder text = new(Header + "\n");
        foreach (SweepResult r in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{r.Cell}\t{r.Policies}\t{r.Keys}\t{r.Seed}\t{r.Counted}\t{r.MedianMicros}\t{r.MeanMicros}\t{r.P95Micros}\t{r.P99Micros}");
            text.Append(CultureInfo.InvariantCulture, $"\t{r.Datagrams}\t{r.LongestQueueMicros}\t{(r.IsStuck ? 1 : 0)}\n");
        }

        return text.ToString();
    }

    public SweepResult? Find(SweepResult now) => _results.GetValueOrDefault(KeyOf(now));

    private static (string Cell, string Policies, int Keys, ulong Seed) KeyOf(SweepResult r) => (r.Cell, r.Policies, r.Keys, r.Seed);

    private static SweepResult Parse(string[] fields)
    {
        long[] numbers = [.. fields[2..].Select(f => long.Parse(f, CultureInfo.InvariantCulture))];
        return new SweepResult(fields[0], fields[1], (int)numbers[0], (ulong)numbers[1])
        {
            Counted = (int)numbers[2],
            MedianMicros = numbers[3],
            MeanMicros = numbers[4],
            P95Micros = numbers[5],
            P99Micros = numbers[6],
            Datagrams = numbers[7],
            LongestQueueMicros = numbers[8],
            IsStuck = numbers[9] != 0,
        };
    }
}
