using Roam.Transport;

namespace Roam.Lab;

/// <summary>A stream that somebody waits for on a path of a given rate, queue and loss; with a TCP transfer in the same queue, a typist, or both.</summary>
internal sealed record StreamRace
{
    private const int SettleMillis = 3000;
    private const int EchoBytes = 100;
    private const int KeyMillis = 200;

    public int Kilobits { get; init; } = 10_000;

    public int RoundTripMillis { get; init; } = 40;

    public int QueueMillis { get; init; } = 500;

    /// <summary>Of the direction in which bytes go, per mille.</summary>
    public int Loss { get; init; }

    public StreamKind Kind { get; init; } = StreamKind.Program;

    /// <summary>When the stream begins; negative: never.</summary>
    public int StreamAtMillis { get; init; }

    /// <summary>When another's transfer begins; negative: never.</summary>
    public int TcpAtMillis { get; init; } = -1;

    /// <summary>When it ends again.</summary>
    public int TcpEndMillis { get; init; } = int.MaxValue;

    /// <summary>In place of the stream: what another TCP transfer would have got.</summary>
    public bool IsTcpInstead { get; init; }

    public bool HasTypist { get; init; }

    /// <summary>Both are let run for so long before they are measured.</summary>
    public int WarmMillis { get; init; } = 10_000;

    public int MeasureMillis { get; init; } = 30_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Sees the state of the sender every so often.</summary>
    public Action<long, StreamWorld, TcpFlow?>? Trace { get; init; }

    public RaceResult Run()
    {
        LinkFaults back = new() { DelayMicros = RoundTripMillis * 500L };
        LinkFaults link = back with { Loss = Loss };
        StreamWorld world = new(Seed, back, link.WithRate(Kilobits, Kilobits * (long)QueueMillis / 8));
        world.Server.Serve = _ => long.MaxValue / 2;
        world.Type(KeyMillis, EchoBytes);
        world.RunFor(SettleMillis);
        world.StopTyping();
        world.RunFor(KeyMillis);
        TcpFlow? tcp = null;
        TcpFlow? instead = null;
        if (StreamAtMillis >= 0)
        {
            world.At(StreamAtMillis, () =>
            {
                if (IsTcpInstead)
                {
                    instead = new TcpFlow(world, world.Down, world.Up);
                    return;
                }

                world.Client.Open(world.Now, Kind);
            });
        }

        if (TcpAtMillis >= 0)
        {
            world.At(TcpAtMillis, () => tcp = new TcpFlow(world, world.Down, world.Up));
            world.At(TcpEndMillis, () => tcp!.Stop());
        }

        if (HasTypist)
        {
            world.Type(KeyMillis, EchoBytes);
        }

        Run(world, () => tcp, WarmMillis, 0);
        world.EchoMicros.Clear();
        world.Down.LongestQueueMicros = 0;
        long bytes = Bytes(world, instead);
        long tcpBytes = tcp?.Bytes ?? 0;
        Run(world, () => tcp, MeasureMillis, WarmMillis);
        bytes = Bytes(world, instead) - bytes;
        tcpBytes = (tcp?.Bytes ?? 0) - tcpBytes;
        world.StopTyping();
        world.RunFor(3000);
        world.EchoMicros.Sort();
        long perPercent = Kilobits * 125L * MeasureMillis / 1000 / 100;
        return new RaceResult(bytes / (double)perPercent, tcpBytes / (double)perPercent, world.EchoMicros, world.Down.LongestQueueMicros / 1000);
    }

    private static long Bytes(StreamWorld world, TcpFlow? instead) => instead?.Bytes ?? world.Client.Read.Values.Sum(r => r.Bytes);

    private void Run(StreamWorld world, Func<TcpFlow?> tcp, int millis, int from)
    {
        const int Step = 100;
        for (int i = 0; i < millis; i += Step)
        {
            world.RunFor(Step);
            Trace?.Invoke(from + i + Step, world, tcp());
        }
    }
}
