using System.Globalization;

namespace Roam.Lab;

/// <summary>What a link does to packets. Both directions are alike but for the loss, and independent.</summary>
internal sealed record LinkOptions
{
    public const string Usage =
        "[--delay MS] [--jitter MS] [--loss PCT | --loss-up PCT --loss-down PCT] [--burst N] [--rate KBIT] [--queue BYTES] [--mtu-hole BYTES] [--seed N]";

    /// <summary>One way.</summary>
    public double DelayMillis { get; init; }

    /// <summary>Standard deviation of a normal distribution around the delay; packets overtake each other.</summary>
    public double JitterMillis { get; init; }

    public double LossUpPercent { get; init; }

    public double LossDownPercent { get; init; }

    /// <summary>Mean number of packets lost in a row; up to 1: each packet is lost by itself.</summary>
    public double BurstPackets { get; init; }

    /// <summary>0: unlimited, and nothing ever waits in the queue.</summary>
    public double RateKbit { get; init; }

    /// <summary>What may wait for a limited rate; a packet that finds no room is dropped.</summary>
    public int QueueBytes { get; init; } = 1 << 20;

    /// <summary>IP packets longer than this vanish without a word; 0: none do.</summary>
    public int MtuHoleBytes { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Takes the option at args[i] and its value. False: not an option of a link, or its value is not a number in range.</summary>
    public static bool TryTake(ReadOnlySpan<string> args, ref int i, ref LinkOptions options)
    {
        if (i + 1 >= args.Length || !double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || value is not (>= 0 and < int.MaxValue))
        {
            return false;
        }

        LinkOptions? taken = args[i] switch
        {
            "--delay" => options with { DelayMillis = value },
            "--jitter" => options with { JitterMillis = value },
            "--loss" when value <= 100 => options with { LossUpPercent = value, LossDownPercent = value },
            "--loss-up" when value <= 100 => options with { LossUpPercent = value },
            "--loss-down" when value <= 100 => options with { LossDownPercent = value },
            "--burst" => options with { BurstPackets = value },
            "--rate" => options with { RateKbit = value },
            "--queue" => options with { QueueBytes = (int)value },
            "--mtu-hole" => options with { MtuHoleBytes = (int)value },
            "--seed" => options with { Seed = (ulong)value },
            _ => null,
        };
        options = taken ?? options;
        i += taken is null ? 0 : 1;
        return taken is not null;
    }

    /// <summary>What is to be said besides the delay; empty: nothing.</summary>
    public string Faults
    {
        get
        {
            List<string> parts = [];
            bool bothWays = LossUpPercent == LossDownPercent;
            AddIf(parts, LossUpPercent > 0, $"{LossUpPercent:0.###} % loss {(bothWays ? "each way" : "up")}");
            AddIf(parts, LossDownPercent > 0 && !bothWays, $"{LossDownPercent:0.###} % loss down");
            AddIf(parts, BurstPackets > 1, $"bursts of {BurstPackets:0.###}");
            AddIf(parts, JitterMillis > 0, $"jitter {JitterMillis:0.###} ms");
            AddIf(parts, RateKbit > 0, $"{RateKbit:0.###} kbit/s, queue {QueueBytes >> 10} KiB");
            AddIf(parts, MtuHoleBytes > 0, $"packets above {MtuHoleBytes} bytes vanish");
            return string.Join(", ", parts);
        }
    }

    public double RttMillis => 2 * DelayMillis;

    public override string ToString() => $"RTT {RttMillis:0.###} ms{(Faults.Length > 0 ? ", " : "")}{Faults}";

    private static void AddIf(List<string> parts, bool condition, string text)
    {
        if (condition)
        {
            parts.Add(text);
        }
    }
}
