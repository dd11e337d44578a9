using Roam.Host;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// One workload, live: its program on a local pty (the reference), and once for each pair behind the pair's server and client with a delayed link between them.
/// One typist types each key at the same moment into all of them.
/// </summary>
internal sealed unsafe class LiveTyping : IDisposable
{
    private const int TerminalsMax = 8;

    /// <summary>For every client to have drawn something; a stock one may lose its first datagrams to a busy machine.</summary>
    private const long ConnectMicrosMax = 15_000_000;

    /// <summary>From then on until the first key: adaptive prediction learns in that time how slow the link is, and programs start.</summary>
    private const long WarmUpMicros = 2_000_000;

    /// <summary>For the whole workload: a person needs a minute or two.</summary>
    private const long WorkloadMicrosMax = 300_000_000;

    /// <summary>After the last key: its answer, and what a leak would need to show.</summary>
    private const long TailMicros = 2_000_000;

    private readonly TypingWorkload _workload;
    private readonly WorkloadHome _home;
    private readonly LoopbackTestbed _bed;
    private readonly string[] _command;
    private readonly List<LiveClient> _clients = [];
    private readonly List<TypedProgram> _terminals = [];
    private readonly LiveScene _scene;
    private TypedProgram? _reference;
    private bool _disposed;

    public LiveTyping(TypingWorkload workload, int roundTripMillis)
    {
        _workload = workload;
        RoundTripMillis = roundTripMillis;
        _home = new WorkloadHome(workload);
        _bed = new LoopbackTestbed(new EmulatedLink(new LinkOptions { DelayMillis = roundTripMillis / 2.0 }));
        _scene = new LiveScene(_terminals, roundTripMillis * 1000L);

        // Stock's server leaves its program an empty row at the top; all copies are to begin alike.
        _command = ["/bin/sh", "-c", "printf '\\033[H\\033[2J'; exec \"$@\"", "sh", .. _home.Command];
    }

    public int RoundTripMillis { get; }

    public IReadOnlyList<LiveClient> Clients => _clients;

    public void Start(IReadOnlyList<SessionPair> pairs, Func<SessionPair, string> predictOf)
    {
        foreach (SessionPair pair in pairs)
        {
            Add(LiveClient.Start(_bed, pair, predictOf(pair), _command, RoundTripMillis * 1000L));
        }

        _reference = TypedProgram.Start(_command, _home.Environment);
        _terminals.Add(_reference);
    }

    /// <summary>Null: all was typed. Else why not, with the screens as they were.</summary>
    public string? Play(ulong seed, double hurry)
    {
        long limit = SystemClock.Now.Micros + WorkloadMicrosMax;
        if (!PumpUntil(() => _clients.TrueForAll(c => c.HasDrawn), SystemClock.Now.Micros + ConnectMicrosMax))
        {
            return Describe("not every client has connected");
        }

        PumpUntil(() => false, SystemClock.Now.Micros + WarmUpMicros);
        Typist typist = new(_workload, seed, hurry);
        while (!typist.IsDone)
        {
            if (typist.Turn(SystemClock.Now.Micros, _scene) is { } key)
            {
                Type(key);
            }

            Pump(typist.NextMicros);
            if (_clients.Find(c => c.Terminal.HasEnded) is { } gone && !_reference!.HasEnded)
            {
                return Describe($"the client of {gone.Pair.Name} has ended and the program has not");
            }

            if (SystemClock.Now.Micros > limit)
            {
                return Describe($"not done after {WorkloadMicrosMax / 1_000_000} s");
            }
        }

        PumpUntil(() => _scene.HasEnded, SystemClock.Now.Micros + TailMicros + (2000L * RoundTripMillis));
        return typist.Failure is null ? null : Describe(typist.Failure);
    }

    /// <summary>From any thread, when there is no time to wait for anything.</summary>
    public void Kill()
    {
        lock (_clients)
        {
            _clients.ForEach(c => c.Kill());
        }

        if (_reference is { Pid: not 0 } reference)
        {
            _ = Libc.kill(-reference.Pid, Libc.SIGKILL);
        }

        _home.Dispose();
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _clients.ForEach(c => c.Dispose());
        _reference?.Dispose();
        _bed.Dispose();
        _home.Dispose();
    }

    private void Add(LiveClient client)
    {
        lock (_clients)
        {
            _clients.Add(client);
        }

        _terminals.Add(client.Terminal);
    }

    private void Type(Keystroke key)
    {
        _clients.ForEach(c => c.SampleCpu());
        long now = SystemClock.Now.Micros;
        _clients.ForEach(c => c.Type(now, key));
        _reference!.Type(key);
    }

    private bool PumpUntil(Func<bool> isDone, long untilMicros)
    {
        while (!isDone())
        {
            if (SystemClock.Now.Micros >= untilMicros)
            {
                return false;
            }

            Pump(untilMicros);
        }

        return true;
    }

    /// <summary>Waits for output or the time, and takes in what has come.</summary>
    private void Pump(long untilMicros)
    {
        Libc.PollFd* polled = stackalloc Libc.PollFd[TerminalsMax];
        for (int i = 0; i < _terminals.Count; i++)
        {
            polled[i] = new Libc.PollFd { Fd = _terminals[i].HasEnded ? -1 : _terminals[i].Fd, Events = _terminals[i].Events };
        }

        LoopWait.Poll(polled, _terminals.Count, new Instant(untilMicros));
        long now = SystemClock.Now.Micros;
        for (int i = 0; i < _terminals.Count; i++)
        {
            if (polled[i].Revents == 0)
            {
                continue;
            }

            _scene.Changed();
            if (i < _clients.Count)
            {
                _clients[i].Read(now);
            }
            else
            {
                ReadOnlySpan<byte> output = _reference!.Read(now);
                for (int c = 0; c < _clients.Count && !output.IsEmpty; c++)
                {
                    _clients[c].Compare(now, output);
                }
            }
        }
    }

    private static string Rows(Screen screen) =>
        string.Concat(Enumerable.Range(0, screen.Height).Select(y => ScreenText.Row(screen, y)).Where(row => row.Length != 0).Select(row => row + "\n"));

    private string Describe(string failure)
    {
        IEnumerable<(string Name, TypedProgram Terminal)> screens = _clients.Select(c => (c.Pair.Name, c.Terminal)).Append(("the program itself", _reference!));
        return $"{failure}. The screens:\n" + string.Concat(screens.Select(s => $"--- {s.Name}{(s.Terminal.HasEnded ? " (ended)" : "")}\n{Rows(s.Terminal.Emulator.Screen)}"));
    }
}
