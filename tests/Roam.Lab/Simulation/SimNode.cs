using Roam.Transport;

namespace Roam.Lab;

/// <summary>One machine: its clock, its sleep, and the counters that invariants look at.</summary>
internal abstract class SimNode(Side side, SimClock clock)
{
    /// <summary>A socket's receive buffer, in datagrams: what arrives at a sleeping machine beyond it is lost.</summary>
    private const int InboxMax = 64;

    private readonly Queue<SimPacket> _inbox = new();

    public Side Side => side;

    public string Name { get; } = side == Side.Client ? "client" : "server";

    public SimClock Clock => clock;

    public bool IsAsleep { get; private set; }

    public long DatagramsSent { get; protected set; }

    public long BytesSent { get; protected set; }

    public long TimeoutTurns { get; set; }

    /// <summary>The machine's clock stepped, or it slept: its pace may look wrong from outside until this time.</summary>
    public long DisturbedUntilMicros { get; set; }

    public abstract bool IsFinished { get; }

    public abstract long NextWakeMicros { get; }

    public abstract ulong RemoteNumber { get; }

    public abstract ulong AckedByPeer { get; }

    public abstract ulong LastSentNumber { get; }

    public abstract PeerAddress Peer { get; }

    public abstract long SrttMillis { get; }

    public abstract long RtoMillis { get; }

    public abstract ulong LocalFingerprint { get; }

    /// <summary>Of the state that went out under <see cref="LastSentNumber"/>; a bare acknowledgement may go while the local state is further on.</summary>
    public abstract ulong SentFingerprint { get; }

    public abstract ulong RemoteFingerprint { get; }

    public abstract TransportCounters Counters { get; }

    public abstract ReceiveResult Receive(SimWorld world, SimPacket packet);

    /// <summary>One turn of the host's loop: timers, then all output.</summary>
    public abstract void Turn(SimWorld world);

    public void Sleep() => IsAsleep = true;

    /// <summary>False: the receive buffer is full.</summary>
    public bool TryKeep(SimPacket packet)
    {
        if (_inbox.Count == InboxMax)
        {
            return false;
        }

        _inbox.Enqueue(packet);
        return true;
    }

    public void Wake(SimWorld world)
    {
        IsAsleep = false;
        while (_inbox.TryDequeue(out SimPacket? packet))
        {
            world.Deliver(this, packet);
        }

        Turn(world);
    }
}
