namespace Roam.Cli;

/// <summary>The same way, by ssh's TCP: what a session through ssh would feel like.</summary>
internal sealed class SshRoundTripCheck : Check
{
    private const int Count = 7;

    public override string Name => "ssh-rtt";

    public override string Progress => "measuring the way through ssh";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        if (examination.Far is not { EchoPort: > 0 } far)
        {
            return [Finding.Skipped(examination.Far is null ? "no login" : "no usable roam there to answer")];
        }

        List<long> times = [];
        for (int i = 0; i < Count && far.PingMicros() is > 0 and long micros; i++)
        {
            times.Add(micros);
        }

        if (times.Count == 0)
        {
            return [Finding.Skipped("no answer through ssh")];
        }

        times.Sort();
        (string, object)[] facts = [("minMillis", times[0] / 1000.0), ("medianMillis", times[times.Count / 2] / 1000.0)];
        return [Finding.Ok(FormattableString.Invariant($"{times[times.Count / 2] / 1000.0:0.00} ms through ssh (least {times[0] / 1000.0:0.00} ms)"), facts)];
    }
}
