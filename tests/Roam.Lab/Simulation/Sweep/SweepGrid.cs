using System.Text.RegularExpressions;

namespace Roam.Lab;

/// <summary>The cells: planes through the space of paths, and named scenarios. Names follow one pattern: rtt100p29 is 100 ms of round trip and 29 % of loss each way.</summary>
internal static class SweepGrid
{
    /// <summary>A queue of 30 s, for paths whose queue is to be seen whole: longer than that no latency is worth telling from another.</summary>
    private const long LongQueueSeconds = 30;

    private static readonly int[] Rtts = [1, 10, 50, 100, 200, 600];
    private static readonly int[] LossPercents = [0, 1, 5, 10, 29, 50];
    private static readonly (string Name, int Kilobits)[] Rates = [("32", 32), ("64", 64), ("256", 256), ("10M", 10_000), ("100M", 100_000)];

    /// <summary>What the gate runs: each behaviour of a policy once or twice.</summary>
    private static readonly string[] Small =
    [
        "rtt1", "rtt10", "rtt50", "rtt100", "rtt200", "rtt600", "rtt10b80", "rtt50b80", "rtt100b80", "rtt200b80",
        "rtt100p1", "rtt100p5", "rtt100p29", "rtt100p29b80", "rtt200p10", "rtt30p29", "rtt100p50", "asymUp29", "asymDn29", "ge15b3", "geT15x100",
        "jit20", "jit20p10", "pieces100", "rep33p29", "rate32", "flood256", "redraw64", "redraw256", "redraw10M", "redraw29", "redraw64q8L",
    ];

    /// <summary>The cells of a grid, or those whose names match one of several patterns with * in them.</summary>
    public static List<SweepCell> Find(string grid) => grid switch
    {
        "small" => [.. Small.Select(name => All().First(c => c.Name == name))],
        "full" => [.. All()],
        "loss" => [.. Loss()],
        "jitter" => [.. Jitter()],
        "rate" => [.. Rate()],
        "named" => [.. Named()],
        _ => [.. All().Where(c => grid.Split(',').Any(pattern => Matches(c.Name, pattern)))],
    };

    private static IEnumerable<SweepCell> All() => Loss().Concat(Jitter()).Concat(Rate()).Concat(Named());

    private static bool Matches(string name, string pattern) => Regex.IsMatch(name, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    private static IEnumerable<SweepCell> Loss() =>
        from rtt in Rtts from loss in LossPercents select Both(loss == 0 ? $"rtt{rtt}" : $"rtt{rtt}p{loss}", Path(rtt) with { Loss = loss * 10 });

    private static IEnumerable<SweepCell> Jitter() => from rtt in Rtts select Both($"rtt{rtt}jit20", Path(rtt) with { JitterDeviationMicros = 20_000 });

    private static IEnumerable<SweepCell> Rate() => from rtt in Rtts from rate in Rates select Both($"rtt{rtt}r{rate.Name}", LongQueue(Path(rtt), rate.Kilobits));

    private static IEnumerable<SweepCell> Named()
    {
        LinkFaults at100 = Path(100);
        LinkFaults lossy = at100 with { Loss = 290 };
        LinkFaults jittery = at100 with { JitterDeviationMicros = 20_000 };
        foreach (int rtt in (int[])[10, 50, 100, 200])
        {
            yield return Both($"rtt{rtt}b80", Path(rtt)) with { Typing = Typing.Bursts };
        }

        yield return Both("rtt100p29b80", lossy) with { Typing = Typing.Bursts };
        yield return Both("rtt30p29", Path(30) with { Loss = 290 });
        yield return new SweepCell("asymUp29") { Up = lossy, Down = at100 };
        yield return new SweepCell("asymDn29") { Up = at100, Down = lossy };
        yield return Both("ge15b3", at100.WithBursts(150, 3));
        yield return Both("geT15x30", at100.WithOutages(150, 30));
        yield return Both("geT15x100", at100.WithOutages(150, 100));
        yield return Both("jit20", jittery);
        yield return Both("jit20p10", jittery with { Loss = 100 });
        yield return Both("pieces10", Path(10)) with { Workload = Workload.Pieces };
        yield return Both("pieces100", at100) with { Workload = Workload.Pieces };
        yield return Both("pieces100p29", lossy) with { Workload = Workload.Pieces };
        yield return Both("rep33", at100) with { Typing = Typing.Repeat };
        yield return Both("rep33p29", lossy) with { Typing = Typing.Repeat };
        yield return Both("rate32", LongQueue(at100, 32));
        foreach (SweepCell cell in LargeFrames())
        {
            yield return cell;
        }
    }

    private static IEnumerable<SweepCell> LargeFrames()
    {
        foreach ((string name, int kilobits) in Rates[1..4])
        {
            LinkFaults path = LongQueue(Path(name == "10M" ? 50 : 100), kilobits);
            yield return Flood("flood" + name, path);
            yield return Redraw("redraw" + name, path);
            yield return Redraw("redraw" + name, path, isLarge: true);
        }

        yield return Redraw("redrawJit", Path(100) with { JitterDeviationMicros = 20_000 });
        yield return Redraw("redraw29", Path(100) with { Loss = 290 });
        yield return Redraw("redraw29", Path(100) with { Loss = 290 }, isLarge: true);
        yield return Flood("flood256q8", ShortQueue(256, 8));
        yield return Redraw("redraw256q8", ShortQueue(256, 8));
        yield return Redraw("redraw256q8", ShortQueue(256, 8), isLarge: true);
        yield return Flood("flood64q8", ShortQueue(64, 8));
        yield return Redraw("redraw64q8", ShortQueue(64, 8));
        yield return Redraw("redraw64q8", ShortQueue(64, 8), isLarge: true);
        yield return Redraw("redraw64q16", ShortQueue(64, 16), isLarge: true);
    }

    private static SweepCell Flood(string name, LinkFaults path) => Both(name, path) with { Workload = Workload.Flood, Typing = Typing.StartAndStop };

    /// <summary>The large screen's name ends in L.</summary>
    private static SweepCell Redraw(string name, LinkFaults path, bool isLarge = false) =>
        Both(isLarge ? name + "L" : name, path) with { Workload = isLarge ? Workload.LargeRedraw : Workload.Redraw, Typing = Typing.Seldom };

    private static SweepCell Both(string name, LinkFaults path) => new(name) { Up = path, Down = path };

    private static LinkFaults LongQueue(LinkFaults path, int kilobits) => path.WithRate(kilobits, kilobits * 125L * LongQueueSeconds);

    private static LinkFaults ShortQueue(int kilobits, int kilobytes) => Path(100).WithRate(kilobits, kilobytes * 1024);

    private static LinkFaults Path(int rttMillis) => new() { DelayMicros = rttMillis * 500L };
}
