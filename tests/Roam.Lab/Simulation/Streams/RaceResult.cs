namespace Roam.Lab;

/// <summary>Payload carried by the stream and by the other's transfer in percent of the link's rate, what keys took, and the longest queue.</summary>
internal sealed record RaceResult(double StreamPercent, double TcpPercent, List<long> EchoMicros, long QueueMillis)
{
    public double EchoMillis(int percent) => EchoMicros.Count == 0 ? 0 : EchoMicros[Math.Min(EchoMicros.Count - 1, EchoMicros.Count * percent / 100)] / 1000.0;
}
