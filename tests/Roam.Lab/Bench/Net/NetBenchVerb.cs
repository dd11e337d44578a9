namespace Roam.Lab;

/// <summary>`bench net`: Roam, stock mosh and ssh over the same emulated link in one run.</summary>
internal static class NetBenchVerb
{
    public static int Run(ReadOnlySpan<string> args)
    {
        if (NetBenchOptions.TryParse(args) is not { } options)
        {
            return 2;
        }

        NetReport report = new();
        PreciseThread.Raise();
        int failed = 0;
        foreach (INetScenario scenario in options.Scenarios)
        {
            try
            {
                scenario.Run(options, report);
            }
            catch (InvalidOperationException e)
            {
                // One scenario that cannot run does not take the others' results away.
                Console.WriteLine($"{scenario.Name}: {e.Message}\n");
                failed++;
            }
        }

        if (options.MarkdownFile is { } markdown)
        {
            File.WriteAllText(markdown, report.ToMarkdown(Machine(), "Roam.Lab bench net " + string.Join(' ', args)));
        }

        if (options.SvgFile is { } svg && report.Panels.Count > 0)
        {
            File.WriteAllText(svg, LatencyPlot.Draw(report.Panels, $"{options.Keys} keys a program and link, all programs at the same time, predictions {options.Predict}, seed {options.Seed}"));
        }

        return failed == 0 ? 0 : 1;
    }

    private static string Machine()
    {
        string model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "CPU unknown";
        string kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim().Split('-')[0];
        return $"Machine: {Environment.ProcessorCount} cores of {model}, Linux {kernel}, {DateTime.UtcNow:yyyy-MM-dd}.";
    }
}
