using System.Runtime.CompilerServices;
using Roam.Host;

namespace Roam.Lab;

/// <summary>
/// Carries packets between pairs of ends as its options say, on a thread of its own that sleeps until the next packet comes or is due. "Up" is from near to far.
/// Each direction has one model and one queue, which all pairs of ends share. Nothing is allocated per packet.
/// </summary>
internal sealed unsafe class EmulatedLink : IDisposable
{
    private const int WiresMax = 32;
    private const int WakesMax = 64;

    /// <summary>Read from one end in a turn, so that a flood from one does not make packets of the others late.</summary>
    private const int ReadsPerTurn = 16;

    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private readonly int[] _wakeFds = new int[2];
    private readonly PacketQueue[] _queues = [new(), new()];
    private readonly byte[] _overflow = new byte[PacketQueue.PacketBytesMax];
    private readonly ILinkEnd[][] _ends = [new ILinkEnd[WiresMax], new ILinkEnd[WiresMax]];
    private volatile PathModel[] _models;
    private volatile int _wires;
    private volatile bool _stopped;
    private volatile bool _dark;
    private LinkOptions _options;

    public EmulatedLink(LinkOptions options)
    {
        _options = options;
        _models = ModelsOf(options);
        fixed (int* fds = _wakeFds)
        {
            if (Libc.pipe2(fds, Libc.O_CLOEXEC | Libc.O_NONBLOCK) != 0)
            {
                throw new InvalidOperationException("pipe: " + Libc.ErrorText(Libc.Errno));
            }
        }

        _thread = new Thread(Carry) { IsBackground = true, Name = "link" };
        _thread.Start();
    }

    /// <summary>Counts of near to far.</summary>
    public PathCounters Up { get; } = new();

    public PathCounters Down { get; } = new();

    /// <summary>Set: the faults begin anew, from the seed. Packets on their way stay as they are.</summary>
    public LinkOptions Options
    {
        get => _options;
        set
        {
            _options = value;
            _models = ModelsOf(value);
        }
    }

    /// <summary>A blackout: every packet sent while it lasts is lost. Packets on their way still arrive.</summary>
    public bool Dark
    {
        get => _dark;
        set => _dark = value;
    }

    /// <summary>Another pair of ends over the same link. The link closes them.</summary>
    public void Add(ILinkEnd near, ILinkEnd far)
    {
        lock (_gate)
        {
            if (_wires == WiresMax)
            {
                throw new InvalidOperationException($"a link carries {WiresMax} pairs of ends");
            }

            _ends[0][_wires] = near;
            _ends[1][_wires] = far;
            _wires++;
        }

        Wake();
    }

    /// <summary>After an end has got another descriptor.</summary>
    public void Wake()
    {
        byte one = 1;
        _ = Libc.write(_wakeFds[1], &one, 1);
    }

    public Traffic TrafficOf(int farPort) => new(Up.PacketsOf(farPort), Up.BytesOf(farPort), Down.PacketsOf(farPort), Down.BytesOf(farPort));

    public void Dispose()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Wake();
        _thread.Join();
        for (int wire = 0; wire < _wires; wire++)
        {
            _ends[0][wire].Dispose();
            _ends[1][wire].Dispose();
        }

        _ = Libc.close(_wakeFds[0]);
        _ = Libc.close(_wakeFds[1]);
    }

    private static PathModel[] ModelsOf(LinkOptions options) =>
        [new(options, options.LossUpPercent, options.Seed * 2), new(options, options.LossDownPercent, (options.Seed * 2) + 1)];

    // AggressiveOptimization here and below: compiled once and at once, so that the first packets meet the same code as the last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Carry()
    {
        PreciseThread.Raise();
        Libc.PollFd* polled = stackalloc Libc.PollFd[1 + (2 * WiresMax)];
        byte* drained = stackalloc byte[WakesMax];
        polled[0] = new Libc.PollFd { Fd = _wakeFds[0], Events = Libc.POLLIN };
        while (!_stopped)
        {
            int wires = _wires;
            for (int i = 0; i < 2 * wires; i++)
            {
                polled[1 + i] = new Libc.PollFd { Fd = _ends[i & 1][i >> 1].Fd, Events = Libc.POLLIN };
            }

            long next = Math.Min(Deliver(0), Deliver(1));
            long wait = Math.Clamp(next - MonotonicClock.Nanos, 0, MonotonicClock.NanosPerSecond);
            Libc.TimeSpec timeout = new() { Seconds = wait / MonotonicClock.NanosPerSecond, Nanos = wait % MonotonicClock.NanosPerSecond };
            int ready = Libc.ppoll(polled, (nuint)(1 + (2 * wires)), &timeout, null);
            if (ready <= 0)
            {
                continue;
            }

            if (polled[0].Revents != 0)
            {
                _ = Libc.read(_wakeFds[0], drained, WakesMax);
            }

            for (int i = 0; i < 2 * wires; i++)
            {
                if (polled[1 + i].Revents != 0)
                {
                    TakeIn(i & 1, i >> 1);
                }
            }
        }
    }

    /// <summary>Puts out what is due in that direction. Returns when the next packet is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Deliver(int direction)
    {
        PacketQueue queue = _queues[direction];
        while (queue.NextDueNanos <= MonotonicClock.Nanos)
        {
            ReadOnlySpan<byte> packet = queue.Pop(out int wire);
            _ends[1 - direction][wire].Write(packet);
        }

        return queue.NextDueNanos;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeIn(int direction, int wire)
    {
        ILinkEnd end = _ends[direction][wire];
        PacketQueue queue = _queues[direction];
        PathModel model = _models[direction];
        PathCounters counters = direction == 0 ? Up : Down;
        for (int i = 0; i < ReadsPerTurn; i++)
        {
            // A packet that finds all slots taken counts as dropped by the queue.
            Span<byte> space = queue.IsFull ? _overflow : queue.Spare;
            int length = end.Read(space);
            if (length <= 0)
            {
                return;
            }

            long now = MonotonicClock.Nanos;
            int weight = length + end.HeaderBytes;
            model.Dark = _dark;
            long wait = model.QueueDelayNanos(now);
            PacketFate fate = model.Offer(now, weight, out long due);
            if (fate == PacketFate.Carried && queue.IsFull)
            {
                fate = PacketFate.QueueFull;
            }

            counters.Count(end.FarPort(space[..length], up: direction == 0), weight, fate, fate == PacketFate.Carried ? wait : 0);
            if (fate == PacketFate.Carried)
            {
                queue.Push(length, due, wire);
            }
        }
    }
}
