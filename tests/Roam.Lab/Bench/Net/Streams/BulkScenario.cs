namespace Roam.Lab;

/// <summary>Bulk through a forwarded port, one program after the other in each round.</summary>
internal sealed record BulkScenario(string Name, LinkOptions Link, bool IsLocal = false) : INetScenario
{
    private const int Rounds = 3;
    private const double WarmSeconds = 3;
    private const double MeasureSeconds = 8;

    public string Group => "streams";

    public void Run(NetBenchOptions options, NetReport report)
    {
        using Testbed? bed = ForwardRig.OpenBed(Name, Link with { Seed = options.Seed });
        if (bed is null)
        {
            return;
        }

        string[] contenders = [ForwardRig.Ssh, ForwardRig.Roam, ForwardRig.Plain];
        List<Sample>[] samples = [.. contenders.Select(_ => new List<Sample>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                samples[i].Add(Measure(bed, contenders[i], options.Predict));
            }
        }

        ResultTable table = new("", "Mbit/s", "each", "of ssh", "client CPU %", "server CPU %");
        double ssh = Median(samples[0]).Megabits;
        for (int i = 0; i < contenders.Length; i++)
        {
            Sample s = Median(samples[i]);
            table.Add(
                contenders[i], $"{s.Megabits:F1}", string.Join(' ', samples[i].Select(x => $"{x.Megabits:F0}")), $"{s.Megabits / ssh:F2}",
                contenders[i] == ForwardRig.Plain ? "-" : $"{s.NearPercent:F0}", contenders[i] == ForwardRig.Plain ? "-" : $"{s.FarPercent:F0}");
        }

        report.Add(Name, IsLocal ? "Bulk over loopback" : $"Bulk, {Link}", table, $"Payload over {MeasureSeconds} s after {WarmSeconds} s; of {Rounds} rounds the median. TCP with CUBIC where the kernel lets it be chosen.");
    }

    private static Sample Median(List<Sample> samples) => samples.OrderBy(s => s.Megabits).ElementAt(samples.Count / 2);

    private Sample Measure(Testbed bed, string contender, string predict)
    {
        using ForwardRig rig = ForwardRig.Start(contender, bed, predict, IsLocal);
        using BulkReader reader = rig.Transfer();
        rig.Rest(WarmSeconds);
        (double near, double far) = rig.Cpu();
        long bytes = reader.Bytes;
        long start = MonotonicClock.Nanos;
        rig.Rest(MeasureSeconds);
        double millis = MonotonicClock.ToMillis(MonotonicClock.Nanos - start);
        bytes = reader.Bytes - bytes;
        (double nearAfter, double farAfter) = rig.Cpu();
        return new Sample(bytes * 8 / 1000.0 / millis, (nearAfter - near) * 100 / millis, (farAfter - far) * 100 / millis);
    }

    private readonly record struct Sample(double Megabits, double NearPercent, double FarPercent);
}
