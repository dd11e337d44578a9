using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Types the keys of a cell and notes for each how long it took until a frame showed its answer.</summary>
internal sealed class SweepUser
{
    private const long BurstKeys = 12;
    private const long BurstGapMicros = 80_000;
    private const long RepeatGapMicros = 33_000;

    /// <summary>No keyboard is exact (USB is polled each 1 to 10 ms), and gaps that are would stay in step with a policy's intervals for a whole run.</summary>
    private const long BurstSpreadMicros = 5000;
    private const long RepeatSpreadMicros = 1000;

    private readonly SimWorld _world;
    private readonly SweepProgram _program;
    private readonly SimRandom _random;
    private readonly Typing _typing;
    private readonly int _uncounted;
    private readonly Action _act;
    private readonly long[] _typedAtMicros;
    private readonly long[] _latencyMicros;
    private long _datagramsBefore;
    private bool _isFlooding;

    /// <summary>The first keys are not counted: they bring the session to its usual pace.</summary>
    public SweepUser(SimWorld world, SweepProgram program, Typing typing, SimRandom random, int uncounted, int counted)
    {
        (_world, _program, _random, _typing, _uncounted) = (world, program, random, typing, uncounted);
        _act = Act;
        _typedAtMicros = new long[uncounted + counted];
        _latencyMicros = new long[uncounted + counted];
        world.FrameWatcher = Look;
    }

    public int Typed { get; private set; }

    public int Shown { get; private set; }

    public bool IsDone => Shown == _typedAtMicros.Length;

    /// <summary>Datagrams of both sides since the first counted key.</summary>
    public long Datagrams => DatagramsNow - _datagramsBefore;

    /// <summary>Of the keys that count and were typed; one without an answer has waited until now.</summary>
    public long[] TakeLatencyMicros()
    {
        for (int i = Shown; i < Typed; i++)
        {
            _latencyMicros[i] = _world.NowMicros - _typedAtMicros[i];
        }

        return _latencyMicros[Math.Min(_uncounted, Typed)..Typed];
    }

    private long DatagramsNow => _world.Client.DatagramsSent + _world.Server.DatagramsSent;

    public void Begin() => _world.Queue.Add(_world.NowMicros + GapMicros(), SimEventKind.Step, step: _act);

    private void Act()
    {
        if (_typing == Typing.StartAndStop && !_isFlooding)
        {
            _isFlooding = true;
            _world.Client.Type(_world, [StoppedFlood.StartKey]);
            Begin();
            return;
        }

        if (Typed == _uncounted)
        {
            _datagramsBefore = DatagramsNow;
            _world.Up.LongestQueueMicros = _world.Down.LongestQueueMicros = 0;
        }

        int number = Typed++;
        _typedAtMicros[number] = _world.NowMicros;
        _isFlooding = false;
        _world.Client.Type(_world, [_program.KeyOf(number)]);
        if (Typed < _typedAtMicros.Length && _typing != Typing.StartAndStop)
        {
            Begin();
        }
    }

    private long GapMicros() => _typing switch
    {
        Typing.Bursts when Typed % BurstKeys != 0 => BurstGapMicros + _random.BetweenMicros(-BurstSpreadMicros, BurstSpreadMicros),
        Typing.Bursts => _random.BetweenMicros(800_000, 1_600_000),
        Typing.Repeat => RepeatGapMicros + _random.BetweenMicros(-RepeatSpreadMicros, RepeatSpreadMicros),
        Typing.Seldom => _random.ExponentialMicros(1_000_000),
        Typing.StartAndStop => _random.BetweenMicros(1_000_000, 2_000_000),
        _ => _random.ExponentialMicros(250_000),
    };

    private void Look(Screen frame)
    {
        int shown = _program.ShownIn(frame, Shown);
        if (shown > Typed)
        {
            throw new InvariantViolation("sweep", $"a frame answers {shown} keys of {Typed}");
        }

        bool isNews = shown > Shown;
        for (; Shown < shown; Shown++)
        {
            _latencyMicros[Shown] = _world.NowMicros - _typedAtMicros[Shown];
        }

        if (isNews && _typing == Typing.StartAndStop && !IsDone)
        {
            Begin();
        }
    }
}
