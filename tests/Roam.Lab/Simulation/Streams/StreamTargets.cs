using System.Globalization;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Measures streams on paths of several kinds, in virtual time: how fast they are, and what a typist notices of them.</summary>
internal static class StreamTargets
{
    private const int TypingMillis = 60_000;
    private const int EchoBytes = 100;

    public static void Print()
    {
        Bulk("10 Mbit/s, 20 ms", Link(10, 20), 1_000_000);
        Bulk("10 Mbit/s, 20 ms, queue 5 KB", Link(10, 20).WithRate(10_000, 5000), 1_000_000);
        Bulk("10 Mbit/s, 20 ms, queue 5 KB, long", Link(10, 20).WithRate(10_000, 5000), 10_000_000);
        Bulk("100 Mbit/s, 5 ms", Link(5, 5).WithRate(100_000, 300_000), 10_000_000);
        Bulk("10 Mbit/s, 50 ms, 5 % loss", Link(25, 50) with { Loss = 50 }, 5_000_000);
        Bulk("10 Mbit/s, 100 ms, 29 % loss", Link(50, 100) with { Loss = 290 }, 1_000_000);
        Bulk("10 Mbit/s, 40 ms, jitter 10 ms", Link(20, 50) with { JitterMicros = 10_000 }, 3_000_000);
        Bulk("1 Mbit/s, 200 ms", Link(100, 200).WithRate(1000, 60_000), 1_000_000);
        Bulk("64 kbit/s, 300 ms", Link(150, 300).WithRate(64, 32_000), 200_000);
        Typist("256 kbit/s, 80 ms", Link(40, 80).WithRate(256, 32_000));
        Typist("1 Mbit/s, 80 ms", Link(40, 80).WithRate(1000, 64_000));
        Typist("10 Mbit/s, 20 ms", Link(10, 20));
        Typist("64 kbit/s, 300 ms", Link(150, 300).WithRate(64, 32_000));
    }

    private static LinkFaults Link(int oneWayMillis, int queueMillis) =>
        new LinkFaults { DelayMicros = oneWayMillis * 1000 }.WithRate(10_000, queueMillis * 1250 * 2);

    private static void Bulk(string name, LinkFaults link, long bytes)
    {
        StreamWorld world = Start(link, bytes);
        long millis = world.MillisUntil(() => world.Client.Read.Values.Any(r => r.IsFinished), 600_000);
        StreamCounters counters = world.Server.Streams.Counters;
        double kilobits = millis <= 0 ? 0 : bytes * 8.0 / millis;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-32} {bytes,9} bytes in {millis,6} ms: {kilobits,8:F0} kbit/s; sent {counters.DatagramsSent}, lost {counters.DatagramsLost}, wrongly {counters.WronglyLost}, probes {counters.ProbesSent}, longest queue {world.Down.LongestQueueMicros / 1000} ms"));
    }

    private static void Typist(string name, LinkFaults link)
    {
        StreamWorld alone = Start(link, 0);
        List<long> before = TypeFor(alone, TypingMillis);
        StreamWorld world = Start(link, long.MaxValue / 2);
        world.RunFor(10_000);
        long from = world.Client.Read.Values.Single().Bytes;
        world.RunFor(30_000);
        double idle = (world.Client.Read.Values.Single().Bytes - from) / 30.0 / link.BytesPerSecond * 100;
        from = world.Client.Read.Values.Single().Bytes;
        world.Down.LongestQueueMicros = 0;
        List<long> beside = TypeFor(world, TypingMillis);
        double typing = (world.Client.Read.Values.Single().Bytes - from) / (TypingMillis / 1000.0) / link.BytesPerSecond * 100;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-32} alone p50 {At(before, 50):F1} p95 {At(before, 95):F1}; beside p50 +{At(beside, 50) - At(before, 50):F1} p95 +{At(beside, 95) - At(before, 95):F1} max +{At(beside, 100) - At(before, 100):F1} ms; stream {idle:F0} % of the link idle, {typing:F0} % typing; longest queue {world.Down.LongestQueueMicros / 1000} ms"));
    }

    private static List<long> TypeFor(StreamWorld world, int millis)
    {
        world.Type(200, EchoBytes);
        world.RunFor(millis);
        world.StopTyping();
        world.EchoMicros.Sort();
        return world.EchoMicros;
    }

    private static double At(List<long> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)] / 1000.0;

    private static StreamWorld Start(LinkFaults link, long bytes)
    {
        StreamWorld world = new(1, link, link);
        world.Server.Serve = _ => bytes;
        world.RunFor(3000);
        if (bytes > 0)
        {
            world.Client.Open(world.Now);
        }

        return world;
    }
}
