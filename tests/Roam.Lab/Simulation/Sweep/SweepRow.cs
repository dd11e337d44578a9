using System.Globalization;

namespace Roam.Lab;

/// <summary>A result beside the one recorded for the same cell, policies, number of keys and seed; null when none is.</summary>
internal sealed record SweepRow(SweepCell Cell, SweepResult Now, SweepResult? Recorded)
{
    /// <summary>Where nothing is left to chance, the median and the 95th percentile are worse when they grow by more than either.</summary>
    public const double SurePart = 0.10;
    public const long SureMicros = 5000;

    /// <summary>
    /// Where the path draws lots, they must grow by more than both, and the 95th percentile by more than this part: its spread over seeds at 1,200 keys.
    /// </summary>
    public const double LuckyP95Part = 0.25;

    public const double DatagramsPart = 0.10;

    /// <summary>What fails the row: the run itself, or a number that is worse than recorded beyond the tolerance. Null when it passes.</summary>
    public string? Fault
    {
        get
        {
            if (Now.Failure is not null || Recorded is null || Recorded.IsStuck)
            {
                return Now.Failure;
            }

            return Now.IsStuck ? "stuck"
                : IsWorse(Now.MedianMicros, Recorded.MedianMicros, SurePart) ? Worse("median", Now.MedianMicros, Recorded.MedianMicros)
                : IsWorse(Now.P95Micros, Recorded.P95Micros, Cell.IsLucky ? LuckyP95Part : SurePart) ? Worse("p95", Now.P95Micros, Recorded.P95Micros)
                : Now.DatagramsPerKey > Recorded.DatagramsPerKey * (1 + DatagramsPart) ? Worse("datagrams", Now.DatagramsPerKey, Recorded.DatagramsPerKey)
                : null;
        }
    }

    private bool IsWorse(long now, long recorded, double part)
    {
        bool byPart = now > recorded * (1 + part);
        bool byTime = now > recorded + SureMicros;
        return Cell.IsLucky ? byPart && byTime : byPart || byTime;
    }

    private static string Worse(string what, double now, double recorded) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} is {((now / recorded) - 1) * 100:F0} % worse than recorded");
}
