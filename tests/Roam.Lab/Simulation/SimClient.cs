using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>The client machine: a session, its sockets, and in some runs the painter with a terminal behind it.</summary>
internal sealed class SimClient : SimNode
{
    private const int TransmitsMax = 8192;

    /// <summary>Old sockets that still listen (ssp.md section 1).</summary>
    private const int OpenPortsMax = 10;

    private readonly byte[] _datagram = new byte[SimPacket.BytesMax];
    private readonly ClientSession _session;
    private readonly CommitStep _step;

    /// <summary>The terminal has taken the last update then; Never while it waits for one.</summary>
    private long _terminalFreeMicros = long.MaxValue;

    public SimClient(SimOptions options, SimClock clock, SessionKey key, ITimingPolicy timing, SimRandom random, ICompressor compressor)
        : base(Side.Client, clock)
    {
        _session = new ClientSession(key, timing, random, compressor, clock.Local(0), SimWorld.ServerAddress.ToPeer(), options.Client);
        Terminal = options.Paints ? new PaintedTerminal(options) : null;
        _step = new CommitStep { IsOnTerminal = options.Paints };
    }

    public ClientSession Session => _session;

    /// <summary>The user's real terminal; null in runs without it.</summary>
    public PaintedTerminal? Terminal { get; }

    /// <summary>The network it sits in: changes by roaming or when a NAT forgets the mapping.</summary>
    public int Network { get; set; } = 1;

    public int Port { get; private set; } = 40_000;

    /// <summary>The last frame given to the painter; owned by the session.</summary>
    public Screen? Frame { get; private set; }

    public long Frames { get; private set; }

    public bool HasShutDown { get; private set; }

    public int Repaints { get; private set; }

    public SimAddress Address => new(Network, Port);

    public override bool IsFinished => _session.IsFinished;

    public override long NextWakeMicros
    {
        get
        {
            Instant lines = IsTerminalBusy ? Instant.Never : _session.NextLines;
            return Math.Min(_terminalFreeMicros, Clock.ToWorld(Instant.Min(_session.NextTimeout, lines)));
        }
    }

    private bool IsTerminalBusy => _terminalFreeMicros != long.MaxValue;

    public override ulong RemoteNumber => _session.Connection.RemoteNumber;

    public override ulong AckedByPeer => _session.Connection.AckedByPeer;

    public override ulong LastSentNumber => _session.Connection.LastSentNumber;

    public override PeerAddress Peer => _session.Connection.Peer;

    public override long SrttMillis => _session.Connection.SrttMillis;

    public override long RtoMillis => _session.Connection.RtoMillis;

    public override ulong LocalFingerprint => StateFingerprint.Of(_session.LocalState);

    public override ulong SentFingerprint => StateFingerprint.Of(_session.Connection.LastSentState);

    public override ulong RemoteFingerprint => StateFingerprint.Of(_session.Connection.Remote);

    public override TransportCounters Counters => _session.Counters;

    /// <summary>Whether a datagram that the server sent there reaches one of our sockets.</summary>
    public bool Listens(SimWorld world, SimAddress address) => address.IsCarried ? world.Carrier is { } carrier && carrier.Carries(address) : address.Network == Network && address.Port <= Port && address.Port > Port - OpenPortsMax;

    public override ReceiveResult Receive(SimWorld world, SimPacket packet) =>
        _session.HandleDatagram(Clock.Local(world.NowMicros), packet.Address.IsCarried ? packet.Address.ToPeer() : SimWorld.ServerAddress.ToPeer(), packet.Datagram, world.IsMarkedCongested(packet));

    public void Type(SimWorld world, ReadOnlySpan<byte> keys)
    {
        world.Trace.Note(world.NowMicros, Name, "type", (ulong)keys.Length, keys[0]);
        _session.HandleInput(Clock.Local(world.NowMicros), keys);
        Turn(world);
    }

    public void Resize(SimWorld world, int width, int height)
    {
        world.Trace.Note(world.NowMicros, Name, "resize", (ulong)width, (ulong)height);
        if (Terminal is not null)
        {
            world.OnTerminalPushed(Terminal.Resize(width, height));
        }

        _session.HandleResize(Clock.Local(world.NowMicros), width, height);
        Turn(world);
    }

    /// <summary>What the system's messages of addresses and routes, and of a wake-up, make the host do.</summary>
    public void NetworkChanged(SimWorld world)
    {
        if (world.Options.TellsOfNetwork && !IsAsleep && !IsFinished)
        {
            world.Trace.Note(world.NowMicros, Name, "network changed");
            _session.NetworkChanged(Clock.Local(world.NowMicros));
            Turn(world);
        }
    }

    public void CarrierReady(SimWorld world, in PeerAddress address)
    {
        _session.CarrierReady(Clock.Local(world.NowMicros), address);
        Turn(world);
    }

    public void CarrierLost(SimWorld world)
    {
        if (!IsFinished)
        {
            _session.CarrierLost(Clock.Local(world.NowMicros));
            Turn(world);
        }
    }

    public override void Turn(SimWorld world)
    {
        Instant now = Clock.Local(world.NowMicros);
        _session.HandleTimeout(now);
        TakeEvents(world, now);
        Transmit(world, now);
        TakeEvents(world, now);
        Paint(world, now);
        world.AfterTurn(this);
    }

    /// <summary>A frame is asked for only when the terminal has taken the one before.</summary>
    private void Paint(SimWorld world, Instant now)
    {
        if (IsTerminalBusy && world.NowMicros < _terminalFreeMicros)
        {
            return;
        }

        _terminalFreeMicros = long.MaxValue;
        if (!_session.PollScreen(now, out Screen frame))
        {
            return;
        }

        Frame = frame;
        Frames++;
        world.OnFrame(frame);
        _session.LinesPainted(now, ShowFrame(world, frame));
        if (Terminal is { BusyMicros: > 0 })
        {
            _terminalFreeMicros = world.NowMicros + Terminal.BusyMicros;
        }
    }

    private bool ShowFrame(SimWorld world, Screen frame)
    {
        _step.Begin(_session.History);
        world.BugBox.OnPaint(this);
        bool hasMore = false;
        if (Terminal is not null)
        {
            hasMore = Terminal.Paint(_session, frame, _step);
        }
        else if (!frame.IsAlternate)
        {
            _step.LinesAbove = frame.LinesAbove;
            _step.TakeAll(_session.History, frame.LinesAbove);
        }

        world.OnCommit(_step);
        world.BugBox.OnPainted(this);
        return hasMore;
    }

    /// <summary>The host's end: what has come is committed, what has not is said, the last picture stays.</summary>
    public void ClosePicture(SimWorld world)
    {
        if (Terminal is not { KeepsHistory: true } || _session.LastPicture is not { } last)
        {
            return;
        }

        bool hasMore = true;
        while (hasMore)
        {
            hasMore = ShowFrame(world, last);
            _session.ReadHistory(Clock.Local(world.NowMicros));
        }

        _step.Begin(_session.History);
        Terminal.PaintLast(_session, last, _step);
        world.OnCommit(_step);
        world.OnPictureLeft(last);
        Terminal.Close();
    }

    private void Transmit(SimWorld world, Instant now)
    {
        for (int i = 0; _session.PollTransmit(now, _datagram, out int written, out PeerAddress to); i++)
        {
            if (i == TransmitsMax)
            {
                throw new InvariantViolation("S4 bounds", "the client never stops transmitting");
            }

            DatagramsSent++;
            BytesSent += written;
            world.Transmit(this, _datagram.AsSpan(0, written), to.IsCarried ? SimAddress.FromPeer(to) : Address, _session.HandleSendError);
        }
    }

    private void TakeEvents(SimWorld world, Instant now)
    {
        while (_session.PollEvent(out ClientEvent e))
        {
            world.Trace.Note(world.NowMicros, Name, "event", (ulong)e);
            switch (e)
            {
                case ClientEvent.HopPort:
                    Port++;
                    _session.HopDone(now);
                    break;
                case ClientEvent.WantsCarrier:
                    world.Carrier?.Want(world);
                    break;
                case ClientEvent.CarrierUnneeded:
                    world.Carrier?.Release(world);
                    break;
                case ClientEvent.Repaint:
                    Repaints++;
                    Terminal?.Repaint();
                    break;
                case ClientEvent.ShutdownDone:
                    HasShutDown = true;
                    break;
            }
        }
    }
}
