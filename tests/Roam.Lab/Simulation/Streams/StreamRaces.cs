using System.Globalization;

namespace Roam.Lab;

/// <summary>The table of docs/benchmarks.md: streams alone, beside a typist and beside another's TCP, in virtual time.</summary>
internal static class StreamRaces
{
    private static readonly int[] _rates = [10_000, 100_000];
    private static readonly int[] _roundTrips = [20, 40, 150];
    private static readonly int[] _queues = [20, 100, 500, 1000];
    private static readonly int[] _losses = [0, 10, 30];

    public static void Print(string filter)
    {
        foreach (int rate in _rates)
        {
            foreach (int roundTrip in _roundTrips)
            {
                foreach (int queue in _queues)
                {
                    string name = $"{rate / 1000} Mbit/s, {roundTrip} ms, queue {queue} ms";
                    if (name.Contains(filter, StringComparison.Ordinal))
                    {
                        Print(name, new StreamRace { Kilobits = rate, RoundTripMillis = roundTrip, QueueMillis = queue, MeasureMillis = rate > 10_000 ? 20_000 : 40_000 });
                    }
                }
            }
        }
    }

    public static void PrintTrace(StreamRace race)
    {
        long before = 0;
        long tcpBefore = 0;
        RaceResult result = (race with
        {
            Trace = (millis, world, tcp) =>
            {
                long bytes = world.Client.Read.Values.Sum(r => r.Bytes);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{millis,6} ms: {(bytes - before) * 80 / 1000,6} kbit/s, tcp {((tcp?.Bytes ?? 0) - tcpBefore) * 80 / 1000,6}, cuts {tcp?.Cuts ?? 0}; {world.Server.Streams.Congestion}"));
                (before, tcpBefore) = (bytes, tcp?.Bytes ?? 0);
            },
        }).Run();
        Console.WriteLine(Describe(result));
    }

    private static void Print(string name, StreamRace race)
    {
        string alone = string.Join(" / ", _losses.Select(loss => Percent((race with { Loss = loss }).Run().StreamPercent)));
        RaceResult typist = (race with { HasTypist = true, MeasureMillis = 20_000 }).Run();
        RaceResult after = (race with { TcpAtMillis = 5000, WarmMillis = 10_000 }).Run();
        RaceResult before = (race with { TcpAtMillis = 0, StreamAtMillis = 5000, WarmMillis = 10_000 }).Run();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {alone} | {typist.StreamPercent:F0} %, +{typist.EchoMillis(50) - race.RoundTripMillis:F0}, +{typist.EchoMillis(95) - race.RoundTripMillis:F0} ms | {after.StreamPercent:F0} : {after.TcpPercent:F0} | {before.StreamPercent:F0} : {before.TcpPercent:F0} |"));
    }

    private static string Percent(double value) => value.ToString("F0", CultureInfo.InvariantCulture);

    private static string Describe(RaceResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"stream {r.StreamPercent:F1} %, tcp {r.TcpPercent:F1} %, keys p50 {r.EchoMillis(50):F1} p95 {r.EchoMillis(95):F1} ms of {r.EchoMicros.Count}, longest queue {r.QueueMillis} ms");
}
