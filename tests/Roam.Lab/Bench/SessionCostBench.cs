namespace Roam.Lab;

/// <summary>
/// What a session costs while nothing happens, and how long it takes to start: the pairs in turn in one run, because the machine drifts.
/// usage: bench session [--seconds N] [--starts N] [NAME=SERVER,CLIENT ...]
/// </summary>
internal static class SessionCostBench
{
    private const int SettleSeconds = 5;

    public static int Run(ReadOnlySpan<string> args)
    {
        int seconds = 20, starts = 9;
        List<SessionPair> pairs = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--seconds" && i + 1 < args.Length)
            {
                seconds = int.Parse(args[++i], null);
            }
            else if (args[i] == "--starts" && i + 1 < args.Length)
            {
                starts = int.Parse(args[++i], null);
            }
            else if (SessionPair.TryParse(args[i]) is { } pair)
            {
                pairs.Add(pair);
            }
            else
            {
                Console.Error.WriteLine($"bench session: '{args[i]}' is not --seconds N, --starts N or NAME=SERVER,CLIENT");
                return 2;
            }
        }

        if (pairs.Count == 0)
        {
            pairs = [new("mosh", "mosh-server", "mosh-client"), new("roam", "out/mosh-server", "out/mosh-client")];
        }

        Starts(pairs, starts);
        foreach (SessionPair pair in pairs)
        {
            Idle(pair, seconds);
        }

        return 0;
    }

    private static void Starts(List<SessionPair> pairs, int starts)
    {
        List<double>[] connect = [.. pairs.Select(_ => new List<double>())];
        List<double>[] first = [.. pairs.Select(_ => new List<double>())];
        for (int round = -1; round < starts; round++) // the first round warms this program up and is not counted
        {
            for (int i = 0; i < pairs.Count; i++)
            {
                using BenchSession session = new(pairs[i], "echo UP; sleep 60");
                double firstText = session.WaitForText("UP", 10_000);
                if (round >= 0)
                {
                    connect[i].Add(session.ConnectMillis);
                    first[i].Add(firstText);
                }
            }
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            Console.WriteLine($"{pairs[i].Name,-8} server start to CONNECT {Median(connect[i]):F1} ms, client start to first text {Median(first[i]):F1} ms (median of {starts})");
        }
    }

    private static void Idle(SessionPair pair, int seconds)
    {
        using BenchSession session = new(pair, "echo UP; sleep 1000");
        session.WaitForText("UP", 10_000);
        session.Rest(SettleSeconds);
        ProcessSample server = ProcessSample.Of(session.ServerPid), client = ProcessSample.Of(session.ClientPid);
        long datagrams = session.Datagrams;
        session.Rest(seconds);
        ProcessSample serverAfter = ProcessSample.Of(session.ServerPid), clientAfter = ProcessSample.Of(session.ClientPid);
        Console.WriteLine($"{pair.Name,-8} idle server: {Costs(server, serverAfter, seconds)} | client: {Costs(client, clientAfter, seconds)} | {(session.Datagrams - datagrams) / (double)seconds:F2} datagrams/s both ways");
    }

    private static string Costs(ProcessSample before, ProcessSample after, int seconds) =>
        $"{after.PrivateKib} KiB private, {after.Threads} threads, {(after.Wakeups - before.Wakeups) / (double)seconds:F2} wake-ups/s, {(after.CpuMillis - before.CpuMillis) / seconds:F2} ms CPU/s";

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
