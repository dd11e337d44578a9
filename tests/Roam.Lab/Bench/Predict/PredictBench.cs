namespace Roam.Lab;

/// <summary>Plays the workloads, several at a time, prints each result as it comes, and keeps them.</summary>
internal sealed class PredictBench(PredictBenchOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<LiveTyping> _running = [];
    private readonly List<LiveResult> _results = [];
    private int _next = -1;
    private int _failed;
    private bool _isEnding;

    /// <summary>Workload by workload in their order, each pair by pair.</summary>
    public IReadOnlyList<LiveResult> Results =>
        [.. _results.OrderBy(r => r.Workload, StringComparer.Ordinal).ThenBy(r => options.Pairs.TakeWhile(p => p.Name != r.Pair).Count())];

    /// <summary>Returns how many of them could not be played to their end; those are not among the results.</summary>
    public int Run(IReadOnlyList<TypingWorkload> workloads)
    {
        Leftovers.Add(KillAll);
        if (options.KeepFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        Console.WriteLine(PredictBenchReport.Head);
        Thread[] workers = new Thread[Math.Min(options.Jobs, workloads.Count)];
        for (int t = 0; t < workers.Length; t++)
        {
            workers[t] = new Thread(() =>
            {
                for (int i = Interlocked.Increment(ref _next); i < workloads.Count; i = Interlocked.Increment(ref _next))
                {
                    Play(workloads[i]);
                }
            });
            workers[t].Start();
        }

        Array.ForEach(workers, w => w.Join());
        return _failed;
    }

    private void Play(TypingWorkload workload)
    {
        using LiveTyping typing = new(workload, options.RoundTripMillis);
        lock (_gate)
        {
            _running.Add(typing);
        }

        string? failure = null;

        // A thread of its own, which wakes up when it should, for what is timed; judging, which takes long, is then an ordinary thread's.
        Thread driver = new(() => failure = Drive(typing, workload)) { Name = workload.Name };
        driver.Start();
        driver.Join();
        if (failure is null)
        {
            Report(workload, typing);
        }
        else
        {
            Interlocked.Increment(ref _failed);
            Print($"{workload.Name}: FAILED: {failure}");
        }

        lock (_gate)
        {
            _running.Remove(typing);
        }
    }

    private string? Drive(LiveTyping typing, TypingWorkload workload)
    {
        try
        {
            typing.Start(options.Pairs, options.PredictOf);
            PreciseThread.Raise();
            return typing.Play(workload.PaceSeed(options.Seed), options.Hurry);
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private void Report(TypingWorkload workload, LiveTyping typing)
    {
        foreach (LiveClient client in typing.Clients)
        {
            IReadOnlyList<KeyVerdict> verdicts = client.Judge();
            LiveResult result = new(workload.Name, client.Pair.Name, PredictionScore.Of(verdicts), client.CpuMicrosPerKey);
            if (options.KeepFolder is { } folder)
            {
                File.WriteAllText(Path.Combine(folder, $"{workload.Name}.{client.Pair.Name}.trace"), new KeyTrace("").Text($"{workload.Name}, {client.Pair.Name}", verdicts));
            }

            Print(PredictBenchReport.Line(result));
            lock (_gate)
            {
                _results.Add(result);
            }
        }
    }

    private void Print(string line)
    {
        lock (_gate)
        {
            if (!_isEnding)
            {
                Console.WriteLine(line);
            }
        }
    }

    private void KillAll()
    {
        lock (_gate)
        {
            _isEnding = true;
            _running.ForEach(t => t.Kill());
        }
    }
}
