namespace Roam.Lab;

/// <summary>
/// `bench predict`: real programs, a person's pace, a delayed link; what each pair's client shows at once and what of it is wrong. Each workload is played once, into all pairs at the
/// same time. Workloads run side by side, since a typist mostly waits.
/// </summary>
internal static class PredictBenchVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        if (PredictBenchOptions.TryParse(args) is not { } options)
        {
            Console.Error.WriteLine(PredictBenchOptions.Usage);
            return 2;
        }

        IReadOnlyList<TypingWorkload> all = options.WorkloadFolder is { } folder ? TypingWorkload.In(folder) : TypingWorkload.All();
        List<TypingWorkload> chosen = [.. all.Where(w => options.Only.Count == 0 || options.Only.Contains(w.Name))];
        if (options.Only.FirstOrDefault(name => chosen.TrueForAll(w => w.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"bench predict: no workload '{unknown}'; there are {string.Join(' ', all.Select(w => w.Name))}");
            return 2;
        }

        chosen.RemoveAll(IsNotThere);
        PredictBench bench = new(options);
        int failed = bench.Run(chosen);
        PredictBenchReport report = new(options, bench.Results);
        Console.Write(report.Totals());
        if (options.MarkdownFile is { } markdown)
        {
            File.WriteAllText(markdown, report.Markdown("Roam.Lab bench predict" + string.Concat(args.ToArray().Select(a => " " + a))));
        }

        if (options.JsonFile is { } json)
        {
            File.WriteAllBytes(json, report.Json());
        }

        return failed == 0 ? 0 : 1;
    }

    private static bool IsNotThere(TypingWorkload workload)
    {
        if (workload.Missing is not { } missing)
        {
            return false;
        }

        Console.WriteLine($"{workload.Name}: skipped, {missing} is not installed{(DebianPackages.Of(missing) is { } package ? $" (Debian: {package})" : "")}");
        return true;
    }
}
