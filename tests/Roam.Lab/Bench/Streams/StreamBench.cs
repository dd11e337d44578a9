using System.Globalization;

namespace Roam.Lab;

/// <summary>`bench streams layer`: what the stream layer alone costs for a datagram at both ends together, without seal and system calls.</summary>
internal static class StreamBench
{
    private const int Rounds = 3;

    public static int Run()
    {
        Print("1 stream", 1, 20_000, 1000, 0);
        Print("1 stream, 1 % lost", 1, 20_000, 1000, 100);
        Print("1 stream, 2000 datagrams under way", 1, 20_000, 12_500, 0);
        Print("1 stream, 2000 under way, 1 % lost", 1, 20_000, 12_500, 100);
        Print("30 streams in bulk", 30, 1400, 1000, 0);
        Print("30 streams, 2000 under way, 1 % lost", 30, 1400, 12_500, 100);
        Print("500 streams open, 1 in bulk", 500, 20_000, 1000, 0, busy: 1);
        Print("500 streams in bulk", 500, 1400, 1000, 0);
        Print("500 streams, 100 bytes each", 500, 100, 1000, 0);
        return 0;
    }

    private static void Print(string name, int streams, int writeBytes, int delayMicros, int loseOneIn, int busy = int.MaxValue)
    {
        try
        {
            StreamFlow flow = new(streams, Math.Min(busy, streams), writeBytes, delayMicros, loseOneIn);
            flow.Run(20_000);
            double best = double.MaxValue;
            for (int i = 0; i < Rounds; i++)
            {
                long before = flow.Datagrams;
                TimeSpan start = Environment.CpuUsage.TotalTime;
                flow.Run(100_000);
                best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / (flow.Datagrams - before));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-38} {best,8:F0} ns a datagram, {flow.BytesRead / (double)flow.Datagrams,6:F0} bytes in it"));
        }
        catch (InvariantViolation violation)
        {
            Console.WriteLine($"{name,-38} {violation.Message}");
        }
    }
}
