using Roam.Transport;

namespace Roam.Lab;

/// <summary>The way through ssh: a stream in order and without loss, until its connection breaks; then what was under way is gone, and a new one takes a login.</summary>
internal sealed class SimCarrier(CarrierPlan plan, SimRandom random)
{
    private const int PauseMillisMin = 1000;
    private const int PauseMillisMax = 60_000;

    private readonly long[] _lastArrivalMicros = new long[2];
    private int _number;
    private bool _isWanted;
    private bool _isStopped;
    private int _attempt;
    private int _pauseMillis = PauseMillisMin;

    public bool IsUp { get; private set; }

    /// <summary>Logins fail, and so does what is up.</summary>
    public bool IsBlocked { get; set; }

    public long DatagramsCarried { get; private set; }

    public int Logins { get; private set; }

    public void Start(SimWorld world)
    {
        if (plan.StartsUp)
        {
            Open(world);
        }

        Schedule(world);
    }

    public bool Carries(SimAddress address) => IsUp && address == SimAddress.Carried(_number);

    /// <summary>Takes the packet over; false: that stream is gone.</summary>
    public bool TrySend(SimWorld world, SimPacket packet)
    {
        if (!Carries(packet.Address))
        {
            return false;
        }

        DatagramsCarried++;
        ref long last = ref _lastArrivalMicros[(int)packet.Destination];
        last = Math.Max(last, world.NowMicros + plan.DelayMicros + (plan.JitterMicros == 0 ? 0 : random.BetweenMicros(0, plan.JitterMicros)));
        world.Queue.Add(last, SimEventKind.Deliver, packet);
        return true;
    }

    public void Want(SimWorld world)
    {
        _isWanted = true;
        Login(world);
    }

    /// <summary>UDP is proven to work.</summary>
    public void Release(SimWorld world)
    {
        _isWanted = false;
        _attempt++;
        Close(world, "carrier closed");
    }

    /// <summary>The connection dies; the host finds out after a while.</summary>
    public void Break(SimWorld world, long noticedAfterMicros = 0)
    {
        if (!IsUp)
        {
            return;
        }

        IsUp = false;
        world.Trace.Note(world.NowMicros, "world", "carrier breaks");
        world.Queue.Add(world.NowMicros + noticedAfterMicros, SimEventKind.Step, step: () =>
        {
            world.Client.CarrierLost(world);
            Login(world);
        });
    }

    public void Heal(SimWorld world)
    {
        _isStopped = true;
        IsBlocked = false;
        _pauseMillis = PauseMillisMin;
        Login(world);
    }

    private void Close(SimWorld world, string why)
    {
        if (IsUp)
        {
            IsUp = false;
            world.Trace.Note(world.NowMicros, "world", why);
            world.Client.CarrierLost(world);
        }
    }

    private void Login(SimWorld world)
    {
        if (!_isWanted || IsUp || !plan.CanLogIn)
        {
            return;
        }

        int attempt = ++_attempt;
        world.Queue.Add(world.NowMicros + (plan.LoginMillis * 1000L), SimEventKind.Step, step: () =>
        {
            if (attempt != _attempt || IsUp || world.Client.IsFinished)
            {
                return;
            }

            if (!IsBlocked)
            {
                _pauseMillis = PauseMillisMin;
                Open(world);
                return;
            }

            world.Queue.Add(world.NowMicros + (_pauseMillis * 1000L), SimEventKind.Step, step: () =>
            {
                if (attempt == _attempt)
                {
                    Login(world);
                }
            });
            _pauseMillis = Math.Min(_pauseMillis * 2, PauseMillisMax);
        });
    }

    private void Open(SimWorld world)
    {
        IsUp = true;
        Logins++;
        _number++;
        _lastArrivalMicros.AsSpan().Clear();
        world.Trace.Note(world.NowMicros, "world", "carrier ready", (ulong)_number);
        world.Client.CarrierReady(world, PeerAddress.Carried(_number));
    }

    private void Schedule(SimWorld world)
    {
        if (plan.MeanMillis != 0 && !_isStopped)
        {
            world.Queue.Add(world.NowMicros + (1000L * (1 + random.SmallBelow(plan.MeanMillis * 3))), SimEventKind.Step, step: () => Act(world));
        }
    }

    /// <summary>A firewall begins to drop UDP, both ways or one, or stops; the connection breaks, or ssh cannot be had for a while.</summary>
    private void Act(SimWorld world)
    {
        if (_isStopped)
        {
            return;
        }

        int what = random.Below(6);
        world.Trace.Note(world.NowMicros, "world", "carrier fault", (ulong)what);
        switch (what)
        {
            case 0:
                world.Up.IsBlocked = world.Down.IsBlocked = true;
                break;
            case 1:
                world.Up.IsBlocked = true;
                break;
            case 2:
                world.Down.IsBlocked = true;
                break;
            case 3:
                world.Up.IsBlocked = world.Down.IsBlocked = false;
                break;
            case 4:
                Break(world, random.BetweenMicros(0, 10_000_000));
                break;
            default:
                IsBlocked = !IsBlocked;
                break;
        }

        Schedule(world);
    }
}
