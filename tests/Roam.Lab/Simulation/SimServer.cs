using Roam.Session;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>The server machine: a session, a pty as a pair of queues, a program.</summary>
internal sealed class SimServer : SimNode
{
    /// <summary>What one write to the pty takes.</summary>
    private const int InputChunkBytes = 1024;

    private const int TransmitsMax = 8192;

    private readonly byte[] _datagram = new byte[SimPacket.BytesMax];
    private readonly byte[] _keys = new byte[InputChunkBytes];
    private readonly ServerSession _session;

    public SimServer(SimOptions options, SimClock clock, SessionKey key, ITimingPolicy timing, SimRandom random, ICompressor compressor, SimProgram program)
        : base(Side.Server, clock)
    {
        Program = program;
        _session = new ServerSession(key, timing, random, compressor, clock.Local(0), options.Server);
    }

    public ServerSession Session => _session;

    public SimProgram Program { get; }

    public bool IsStarted { get; private set; }

    public bool PeerAskedToEnd { get; private set; }

    /// <summary>The program does not read until then.</summary>
    public long PtyBlockedUntilMicros { get; set; }

    public override bool IsFinished => _session.IsFinished;

    public override long NextWakeMicros
    {
        get
        {
            long next = Clock.ToWorld(_session.NextTimeout);
            return _session.HasInput ? Math.Min(next, PtyBlockedUntilMicros) : next;
        }
    }

    public override ulong RemoteNumber => _session.Connection.RemoteNumber;

    public override ulong AckedByPeer => _session.Connection.AckedByPeer;

    public override ulong LastSentNumber => _session.Connection.LastSentNumber;

    public override PeerAddress Peer => _session.Client;

    public override long SrttMillis => _session.Connection.SrttMillis;

    public override long RtoMillis => _session.Connection.RtoMillis;

    public override ulong LocalFingerprint => StateFingerprint.Of(_session.LocalState);

    public override ulong SentFingerprint => StateFingerprint.Of(_session.Connection.LastSentState);

    public override ulong RemoteFingerprint => StateFingerprint.Of(_session.Connection.Remote);

    public override TransportCounters Counters => _session.Counters;

    public override ReceiveResult Receive(SimWorld world, SimPacket packet) =>
        _session.HandleDatagram(Clock.Local(world.NowMicros), packet.Address.ToPeer(), packet.Datagram, world.IsMarkedCongested(packet));

    /// <summary>The program's output up to now goes through the pty in pieces.</summary>
    public void ReadProgram(SimWorld world)
    {
        Program.Run(world.NowMicros);
        while (Program.TryTakeOutput(world.NowMicros, out byte[] bytes))
        {
            world.Trace.Note(world.NowMicros, Name, "output", (ulong)bytes.Length);
            _session.HandleOutput(Clock.Local(world.NowMicros), bytes);
            world.OutputBytes += bytes.Length;
        }
    }

    public override void Turn(SimWorld world)
    {
        Instant now = Clock.Local(world.NowMicros);
        if (IsStarted)
        {
            ReadProgram(world);
        }

        _session.HandleTimeout(now);
        TakeEvents(world);
        WritePty(world, now);
        if (IsStarted && _session.WantsFarTerminal(now) && Program.FarTerminalAt(world.NowMicros) is { IsKnown: true } far)
        {
            _session.SetFarTerminal(now, far.IsCanonical, far.Echoes);
        }

        if (_session.History is { } history)
        {
            world.Lines?.Look(history);
        }

        Transmit(world, now);
        TakeEvents(world);
        world.AfterTurn(this);
    }

    private void WritePty(SimWorld world, Instant now)
    {
        while (IsStarted && _session.HasInput && world.NowMicros >= PtyBlockedUntilMicros)
        {
            int count = _session.PollInput(now, _keys);
            if (count == 0)
            {
                break;
            }

            world.Trace.Note(world.NowMicros, Name, "input", (ulong)count);
            TakeEvents(world);
            Program.Input(world.NowMicros, _keys.AsSpan(0, count));
        }
    }

    private void Transmit(SimWorld world, Instant now)
    {
        for (int i = 0; _session.PollTransmit(now, _datagram, out int written, out PeerAddress to); i++)
        {
            if (i == TransmitsMax)
            {
                throw new InvariantViolation("S4 bounds", "the server never stops transmitting");
            }

            DatagramsSent++;
            BytesSent += written;
            world.Transmit(this, _datagram.AsSpan(0, written), SimAddress.FromPeer(to), _session.HandleSendError);
        }
    }

    private void TakeEvents(SimWorld world)
    {
        while (_session.PollEvent(out ServerEvent e))
        {
            world.Trace.Note(world.NowMicros, Name, "event", (ulong)e.Kind, (ulong)e.Width, (ulong)e.Height);
            switch (e.Kind)
            {
                case ServerEventKind.StartProgram:
                    IsStarted = true;
                    Program.Start(world.NowMicros, e.Width, e.Height);
                    break;
                case ServerEventKind.Resize:
                    Program.Resize(world.NowMicros, e.Width, e.Height);
                    break;
                case ServerEventKind.PeerShutdown:
                    PeerAskedToEnd = true;
                    break;
                case ServerEventKind.VerifyFailed:
                    throw new InvariantViolation("S7 diff", $"a diff does not give its screen: {Escaped(_session.Workspace.VerifyFailure)}");
            }
        }
    }

    private static string Escaped(string? text) => string.Concat((text ?? "").Select(c => c is < ' ' or > '~' ? $"\\x{(int)c:x2}" : c.ToString()));
}
