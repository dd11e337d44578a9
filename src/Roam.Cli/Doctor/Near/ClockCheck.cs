using Roam.Host;

namespace Roam.Cli;

/// <summary>Timeouts and round trips are measured with the machine's monotonic clock.</summary>
internal sealed class ClockCheck : Check
{
    public override string Name => "clock";

    public override IEnumerable<Finding> Run(Examination examination) => SelfTest.ClockRuns()
        ? [Finding.Ok("runs, and never backwards", ("monotonic", true))]
        : [Finding.Failed("the monotonic clock (CLOCK_BOOTTIME) stands still or runs backwards", "A fault of the system or its virtual machine; sessions will time out wrongly.", ("monotonic", false))];
}
