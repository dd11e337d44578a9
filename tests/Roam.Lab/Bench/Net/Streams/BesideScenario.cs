namespace Roam.Lab;

/// <summary>Bulk through a forwarded port beside another's TCP transfer (CUBIC) over the same link, whichever of the two was there before.</summary>
internal sealed record BesideScenario(string Name, LinkOptions Link, bool IsOtherFirst) : INetScenario
{
    private const double FirstSeconds = 8;
    private const double SettleSeconds = 8;
    private const double MeasureSeconds = 30;

    public string Group => "streams";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed? bed = ForwardRig.OpenBed(Name, Link);
        if (bed is null)
        {
            return;
        }

        ResultTable table = new("", "Mbit/s", "the other", "of the link %", "the other");
        foreach (string contender in (string[])[ForwardRig.Ssh, ForwardRig.Roam])
        {
            using ForwardRig rig = ForwardRig.Start(contender, bed, options.Predict);
            using BulkReader first = IsOtherFirst ? rig.PlainTransfer() : rig.Transfer();
            rig.Rest(FirstSeconds);
            using BulkReader second = IsOtherFirst ? rig.Transfer() : rig.PlainTransfer();
            rig.Rest(SettleSeconds);
            (long bytes, long others) = (first.Bytes, second.Bytes);
            long start = MonotonicClock.Nanos;
            rig.Rest(MeasureSeconds);
            double millis = MonotonicClock.ToMillis(MonotonicClock.Nanos - start);
            double firstRate = (first.Bytes - bytes) * 8 / 1000.0 / millis;
            double secondRate = (second.Bytes - others) * 8 / 1000.0 / millis;
            (double own, double other) = IsOtherFirst ? (secondRate, firstRate) : (firstRate, secondRate);
            table.Add(contender, $"{own:F1}", $"{other:F1}", $"{own * 100_000 / Link.RateKbit:F0}", $"{other * 100_000 / Link.RateKbit:F0}");
        }

        report.Add(
            Name, $"Beside another's TCP, which came {(IsOtherFirst ? "first" : "second")}, {Link}", table,
            $"The second began {FirstSeconds} s after the first; payload over {MeasureSeconds} s from {SettleSeconds} s after that.");
    }
}
