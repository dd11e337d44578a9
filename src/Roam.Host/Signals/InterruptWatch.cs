namespace Roam.Host;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP into a call from a thread of its own, which also ticks ten times a second. To be started before any other thread.</summary>
public sealed unsafe class InterruptWatch
{
    private const int TickMicros = 100_000;
    private const int SignalExitBase = 128;

    private readonly SignalFd _signals;
    private readonly Action _interrupt;
    private readonly Action? _tick;
    private readonly object _gate = new();
    private bool _isStopped;

    private InterruptWatch(Action interrupt, Action? tick)
    {
        _signals = SignalFd.Open([Libc.SIGINT, Libc.SIGTERM, Libc.SIGHUP]);
        _interrupt = interrupt;
        _tick = tick;
        new Thread(Run) { IsBackground = true, Name = "interrupts" }.Start();
    }

    /// <summary>As a shell counts: 128 and the signal's number; 0: there was none.</summary>
    public int ExitCode { get; private set; }

    public static InterruptWatch Start(Action interrupt, Action? tick) => new(interrupt, tick);

    /// <summary>No more calls come. The signals stay blocked: the process is about to end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
        }
    }

    private void Run()
    {
        while (true)
        {
            Libc.PollFd wait = new() { Fd = _signals.Fd, Events = Libc.POLLIN };
            Libc.TimeSpec timeout = Libc.TimeSpec.OfMicros(TickMicros);
            _ = Libc.ppoll(&wait, 1, &timeout, null);
            lock (_gate)
            {
                if (_isStopped)
                {
                    return;
                }

                if (_signals.TryRead(out int signal))
                {
                    ExitCode = SignalExitBase + signal;
                    _interrupt();
                }

                _tick?.Invoke();
            }
        }
    }
}
