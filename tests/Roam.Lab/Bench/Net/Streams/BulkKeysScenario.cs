namespace Roam.Lab;

/// <summary>Keys typed into the session whose forwarded port carries bulk over a narrow link with a deep queue.</summary>
internal sealed class BulkKeysScenario : INetScenario
{
    private const double WarmSeconds = 5;
    private const int Keys = 100;

    private static readonly LinkOptions Link = new() { DelayMillis = 20, RateKbit = 10_000, QueueBytes = 1_250_000 };

    public string Name => "streams-keys";

    public string Group => "streams";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed? bed = ForwardRig.OpenBed(Name, Link);
        if (bed is null)
        {
            return;
        }

        ResultTable table = new("", "median ms", "p95", "max", "over RTT: median", "p95", "bulk Mbit/s");
        foreach (string contender in (string[])[ForwardRig.Ssh, ForwardRig.Roam])
        {
            using ForwardRig rig = ForwardRig.Start(contender, bed, options.Predict);
            TypedSession typed = new(rig.Session!, new KeySchedule(KeyPattern.Random, options.Seed));
            KeyScenario.Type([typed], rig.Watch!, Keys / 5);
            using BulkReader reader = rig.Transfer();
            rig.Rest(WarmSeconds);
            long bytes = reader.Bytes;
            long start = MonotonicClock.Nanos;
            KeyScenario.Type([typed], rig.Watch!, Keys);
            double millis = MonotonicClock.ToMillis(MonotonicClock.Nanos - start);
            Distribution d = new(typed.LatenciesMillis);
            table.Add(
                contender, $"{d.Median:F1}", $"{d.Quantile(0.95):F1}", $"{d.Max:F1}", $"{d.Median - Link.RttMillis:+0.0;-0.0}", $"{d.Quantile(0.95) - Link.RttMillis:+0.0;-0.0}",
                $"{(reader.Bytes - bytes) * 8 / 1000.0 / millis:F1}");
        }

        report.Add(Name, $"A key during bulk, {Link}", table, $"{Keys} keys, gaps of {KeySchedule.GapMeanMillis} ms on average; predictions {options.Predict}; one program after the other.");
    }
}
