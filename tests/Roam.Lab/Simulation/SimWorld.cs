using Roam.Host;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// Two whole sessions, a network between them, a user at one end and a program at the other, under virtual time. Wholly determined by its options:
/// owns all its state, asks for no clock. Scripts drive it directly; <see cref="SimRun"/> runs a seed through its phases.
/// </summary>
internal sealed class SimWorld : IDisposable
{
    public static readonly SimAddress ServerAddress = new(9, 60_001);

    /// <summary>Turns of one machine at one moment of time; more is a loop that eats a processor.</summary>
    private const int TurnsAtOnceMax = 200;

    private readonly Stack<SimPacket> _pool = new();
    private readonly SimRandom _congestion;
    private readonly List<Invariant> _invariants;
    private readonly ZlibCompressor _clientZlib = new();
    private readonly ZlibCompressor _serverZlib = new();
    private readonly SimRandom _linkRandom;
    private long _turnsAtOnce;
    private long _lastTurnMicros = -1;

    public SimWorld(SimOptions options, SimTrace? trace = null)
    {
        Options = options;
        Trace = trace ?? new SimTrace();
        SimRandom random = new(options.Seed ^ 0x5eed);
        _linkRandom = random.Fork();
        _congestion = random.Fork();
        Key = SessionKey.Create(random);
        Up = new SimLink(random.Fork(), Queue, _pool) { Faults = options.Up };
        Down = new SimLink(random.Fork(), Queue, _pool) { Faults = options.Down };
        BugBox = SimBugBox.For(options.Bug, Key, random.Fork());
        SimRandom programRandom = random.Fork();
        SimProgram program = options.OwnProgram?.Invoke(programRandom) ?? NewProgram(options.Program, programRandom);
        SimClock serverClock = new(random.Between(1, 100_000_000));
        SimClock clientClock = new(random.Between(1, 100_000_000));
        Server = new SimServer(BugBox.Change(options), serverClock, Key, BugBox.Change(TimingPolicies.Create(options.Policies.Server), Side.Server), random.Fork(), BugBox.Change(_serverZlib, Side.Server), program);
        Client = new SimClient(BugBox.Change(options), clientClock, Key, BugBox.Change(TimingPolicies.Create(options.Policies.Client), Side.Client), random.Fork(), BugBox.Change(_clientZlib, Side.Client));
        User = new SimUser(options.User, random.Fork());
        Attacker = new SimAttacker(options.AttackMillis, random.Fork());
        Faults = new SimFaults(options.Faults, random.Fork());
        Carrier = options.Carrier is { } plan ? new SimCarrier(plan, new SimRandom(options.Seed ^ 0x737368)) : null;
        _invariants = Invariant.All(options, Key);
        Lines = options.ChecksLittle ? null : new LineLedger();
    }

    public SimOptions Options { get; }

    public SimTrace Trace { get; }

    public SessionKey Key { get; }

    public SimEventQueue Queue { get; } = new();

    public SimLink Up { get; }

    public SimLink Down { get; }

    public SimClient Client { get; }

    public SimServer Server { get; }

    public SimUser User { get; }

    public SimAttacker Attacker { get; }

    public SimFaults Faults { get; }

    public SimBugBox BugBox { get; }

    /// <summary>The way through ssh; null in runs without one.</summary>
    public SimCarrier? Carrier { get; }

    /// <summary>What left the server's screen and is not committed; null in runs that check little.</summary>
    public LineLedger? Lines { get; }

    public long NowMicros { get; private set; }

    public long NowMillis => NowMicros / 1000;

    public long OutputBytes { get; set; }

    /// <summary>Sees each frame that the client draws.</summary>
    public Action<Screen>? FrameWatcher { get; set; }

    public SimNode Other(SimNode node) => node == Client ? Server : Client;

    public SimLink LinkFrom(SimNode node) => node == Client ? Up : Down;

    /// <summary>First turns of both, and the first events of user, faults and attacker.</summary>
    public void Start()
    {
        Carrier?.Start(this);
        Client.Turn(this);
        Server.Turn(this);
        User.Schedule(this);
        Faults.Schedule(this);
        Attacker.Schedule(this);
    }

    public void RunForMillis(long millis) => RunUntil(() => false, NowMicros + (millis * 1000));

    /// <summary>Runs until the condition holds after an event, or the time is reached. True when it held.</summary>
    public bool RunUntil(Func<bool> condition, long limitMicros)
    {
        while (!condition())
        {
            long next = Math.Min(Queue.NextMicros, Math.Min(Wake(Client), Wake(Server)));
            if (Server.IsStarted && !Server.IsAsleep)
            {
                next = Math.Min(next, Server.Program.NextMicros);
            }

            if (next > limitMicros)
            {
                NowMicros = Math.Max(NowMicros, limitMicros);
                return condition();
            }

            NowMicros = Math.Max(NowMicros, next);
            StepOnce();
        }

        return true;
    }

    private static long Wake(SimNode node) => node.IsAsleep || node.IsFinished ? long.MaxValue : node.NextWakeMicros;

    private void StepOnce()
    {
        if (Queue.NextMicros <= NowMicros)
        {
            Handle(Queue.Take());
            return;
        }

        CountTurn();
        if (Wake(Client) <= NowMicros)
        {
            Client.TimeoutTurns++;
            Trace.Note(NowMicros, Client.Name, "timeout");
            Client.Turn(this);
        }
        else if (Wake(Server) <= NowMicros)
        {
            Server.TimeoutTurns++;
            Trace.Note(NowMicros, Server.Name, "timeout");
            Server.Turn(this);
        }
        else
        {
            Server.Turn(this);
        }
    }

    private void CountTurn()
    {
        _turnsAtOnce = _lastTurnMicros == NowMicros ? _turnsAtOnce + 1 : 0;
        _lastTurnMicros = NowMicros;
        if (_turnsAtOnce > TurnsAtOnceMax)
        {
            throw new InvariantViolation(
                "S4 bounds", $"a machine spins: client wakes at {Wake(Client)}, server at {Wake(Server)}, program at {Server.Program.NextMicros}, now {NowMicros}");
        }
    }

    private void Handle(SimEvent e)
    {
        switch (e.Kind)
        {
            case SimEventKind.Deliver:
                Arrive(e.Packet!);
                break;
            case SimEventKind.User:
                User.Act(this);
                break;
            case SimEventKind.Fault:
                Faults.Act(this);
                break;
            case SimEventKind.Attack:
                Attacker.Act(this);
                break;
            default:
                e.Step!();
                break;
        }
    }

    /// <summary>A machine hands a datagram to its network; the path begins here.</summary>
    public void Transmit(SimNode node, ReadOnlySpan<byte> datagram, SimAddress address, Action<bool> onError)
    {
        SimPacket packet = NewPacket();
        datagram.CopyTo(packet.Bytes);
        packet.Length = datagram.Length;
        packet.Destination = node.Side == Side.Client ? Side.Server : Side.Client;
        packet.Address = address;
        if (!BugBox.OnTransmit(packet))
        {
            return;
        }

        packet.Sequence = SimSeal.SequenceOf(packet.Datagram);
        Trace.Note(NowMicros, node.Name, "send", packet.Sequence, (ulong)packet.Length, node.LastSentNumber);
        foreach (Invariant invariant in _invariants)
        {
            invariant.OnTransmit(this, node, packet);
        }

        if (address.IsCarried)
        {
            if (Carrier is null || !Carrier.TrySend(this, packet))
            {
                _pool.Push(packet);
            }

            return;
        }

        SimLink link = LinkFrom(node);
        if (link.RefusesAsTooLong(packet.Length))
        {
            Trace.Note(NowMicros, node.Name, "too long");
            onError(true);
        }
        else if (link.HasNoBuffer())
        {
            onError(false);
        }
        else
        {
            link.Send(NowMicros, packet);
        }
    }

    public bool IsMarkedCongested(SimPacket packet)
    {
        int chance = (packet.Destination == Side.Server ? Up : Down).Faults.Congestion;
        return chance != 0 && _congestion.Chance(chance);
    }

    public SimPacket NewPacket()
    {
        SimPacket packet = _pool.TryPop(out SimPacket? spare) ? spare : new SimPacket();
        packet.IsRepeat = packet.IsTampered = packet.WasNews = false;
        return packet;
    }

    private void Arrive(SimPacket packet)
    {
        SimNode node = packet.Destination == Side.Client ? Client : Server;
        if (node == Client && !packet.IsRepeat && !packet.IsTampered && !Client.Listens(this, packet.Address))
        {
            // Sent to an address that the client has left.
            _pool.Push(packet);
            return;
        }

        if (node == Server && packet.Address.IsCarried && !packet.IsRepeat && !Carrier!.Carries(packet.Address))
        {
            // Was under way when the stream broke.
            _pool.Push(packet);
            return;
        }

        if (!node.IsAsleep)
        {
            Deliver(node, packet);
            node.Turn(this);
        }
        else if (!node.TryKeep(packet))
        {
            _pool.Push(packet);
        }
    }

    /// <summary>The datagram reaches the machine's loop.</summary>
    public void Deliver(SimNode node, SimPacket packet)
    {
        foreach (Invariant invariant in _invariants)
        {
            invariant.BeforeDelivery(this, node, packet);
        }

        ReceiveResult result = node.Receive(this, packet);
        Trace.Note(NowMicros, node.Name, packet.IsTampered ? "tampered" : "receive", packet.Sequence, (ulong)result, node.RemoteNumber);
        foreach (Invariant invariant in _invariants)
        {
            invariant.AfterDelivery(this, node, packet, result);
        }

        packet.WasNews = result == ReceiveResult.NewState;
        Attacker.Capture(packet);
        _pool.Push(packet);
    }

    public void AfterTurn(SimNode node)
    {
        foreach (Invariant invariant in _invariants)
        {
            invariant.AfterTurn(this, node);
        }
    }

    public void OnFrame(Screen frame)
    {
        Trace.Note(NowMicros, "client", "frame", (ulong)frame.Cursor.Row, (ulong)frame.Cursor.Column);
        foreach (Invariant invariant in _invariants)
        {
            invariant.OnFrame(this, frame);
        }

        User.Look(this, frame);
        FrameWatcher?.Invoke(frame);
    }

    /// <summary>Lines were committed, or a frame was painted without any.</summary>
    public void OnCommit(CommitStep step)
    {
        if (Lines is null)
        {
            return;
        }

        step.End(Client.Session.History, Lines);
        foreach (Invariant invariant in _invariants)
        {
            invariant.OnCommit(this, step);
        }
    }

    /// <summary>The user's terminal, made lower, pushed these rows into its scrollback.</summary>
    public void OnTerminalPushed(List<LineMark> rows)
    {
        foreach (Invariant invariant in _invariants)
        {
            invariant.OnTerminalPushed(rows);
        }
    }

    /// <summary>The session is over and its last picture painted.</summary>
    public void OnPictureLeft(Screen last)
    {
        foreach (Invariant invariant in _invariants)
        {
            invariant.OnPictureLeft(this, last);
        }
    }

    /// <summary>The invariants of a phase that is over.</summary>
    public void Check(SimPhase phase)
    {
        foreach (Invariant invariant in _invariants)
        {
            invariant.AtEndOf(this, phase);
        }
    }

    /// <summary>From here on the path and the machines are well: nothing is lost, nobody sleeps, nobody attacks.</summary>
    public void Heal()
    {
        Trace.Note(NowMicros, "world", "heal");
        Up.Faults = LinkFaults.Healthy;
        Down.Faults = LinkFaults.Healthy;
        Up.IsDown = Down.IsDown = Up.IsBlocked = Down.IsBlocked = false;
        Faults.Stop();
        Carrier?.Heal(this);
        Attacker.Stop();
        Server.PtyBlockedUntilMicros = 0;
        WakeUp(Client);
        WakeUp(Server);
    }

    public void WakeUp(SimNode node)
    {
        if (node.IsAsleep)
        {
            Trace.Note(NowMicros, node.Name, "wakes");
            node.Wake(this);
        }
    }

    public void Roam()
    {
        Client.Network++;
        Trace.Note(NowMicros, Client.Name, "roams", (ulong)Client.Network);
        Client.NetworkChanged(this);
    }

    public LinkFaults DrawFaults() => SimOptions.DrawLink(_linkRandom);

    public void Dispose()
    {
        _clientZlib.Dispose();
        _serverZlib.Dispose();
    }

    private static SimProgram NewProgram(ProgramKind kind, SimRandom random) => kind switch
    {
        ProgramKind.Shell => new EchoShell(random, asksPasswords: false),
        ProgramKind.PasswordShell => new EchoShell(random, asksPasswords: true),
        ProgramKind.Editor => new RedrawEditor(random),
        ProgramKind.Flood => new FloodLog(random),
        ProgramKind.SizeReporter => new SizeReporter(random),
        ProgramKind.WideText => new WideText(random),
        ProgramKind.Noise => new NoiseProgram(random),
        ProgramKind.Printer => new Printer(random),
        _ => new SilentProgram(random),
    };
}
