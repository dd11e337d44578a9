using Roam.Session;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The client's way through ssh: makes one when the session wants it, again with growing pauses when it breaks, and closes it when UDP is proven to work. Part of the loop's poll.
/// </summary>
internal sealed unsafe class ClientWays : IDisposable
{
    public const int SlotCount = SshCarrier.SlotCount + 1;

    /// <summary>Between two attempts; each failure doubles it. After a change of the network there is none.</summary>
    private const long PauseMillisMin = 1000;
    private const long PauseMillisMax = 60_000;

    /// <summary>A carrier that lived so long was no failure.</summary>
    private const long StableMillis = 10_000;

    /// <summary>Datagrams taken in one turn; the rest waits for the next.</summary>
    private const int DatagramsPerTurnMax = 128;

    /// <summary>Processes that ended and are not reaped yet; beyond it the oldest is left to be reaped by whoever comes after us.</summary>
    private const int LeavingMax = 16;

    private readonly IReadOnlyList<string> _carryWords;
    private readonly IReadOnlyList<string> _finderWords;
    private readonly bool _isKept;
    private readonly List<int> _leaving = [];
    private SshCarrier? _carrier;
    private PlaceFinder? _finder;
    private int _number;
    private bool _isWanted;
    private bool _isAnnounced;
    private bool _hasSearched;
    private bool _udpHeard;
    private Instant _startAt = Instant.Zero;
    private Instant _startedAt;
    private long _pauseMillis = PauseMillisMin;

    public ClientWays(ClientHostOptions options)
    {
        _carryWords = options.CarryCommand;
        _finderWords = options.FinderCommand;
        _isKept = options.Transport == ClientTransport.Ssh;
        Use = options.Transport switch
        {
            ClientTransport.Udp => CarrierUse.None,
            ClientTransport.Ssh => CarrierUse.Only,
            _ => options.Carrier is null && _carryWords.Count == 0 ? CarrierUse.None : CarrierUse.Fallback,
        };
        if (options.Carrier is { } handle)
        {
            _carrier = SshCarrier.Adopt(handle, NextAddress());
            if (Use == CarrierUse.None)
            {
                Close();
            }
        }
    }

    public CarrierUse Use { get; }

    /// <summary>Why ssh could not be had, in words; null: it could, or was not tried.</summary>
    public string? Failure { get; private set; }

    public Instant NextTimeout
    {
        get
        {
            Instant start = _isWanted && _carrier is null && _carryWords.Count > 0 ? _startAt : Instant.Never;
            return _carrier is null ? start : Instant.Min(start, _carrier.NextTimeout);
        }
    }

    /// <summary>A negative descriptor is skipped by poll.</summary>
    public void Fill(Span<Libc.PollFd> slots)
    {
        slots.Fill(new Libc.PollFd { Fd = -1 });
        _carrier?.Fill(slots);
        _finder?.Fill(slots[SshCarrier.SlotCount..]);
    }

    /// <summary>What ssh brought goes to the session; what broke is told to it.</summary>
    public void Turn(Instant now, ReadOnlySpan<Libc.PollFd> slots, ClientSession session, byte[] buffer)
    {
        Reap();
        _finder?.Turn(slots[SshCarrier.SlotCount..]);
        if (_carrier is not null)
        {
            _carrier.Turn(now, slots);
            Receive(now, session, buffer);
        }

        if (_carrier is null && _isWanted && _startAt <= now)
        {
            Start(now, session);
        }
    }

    /// <summary>False: no more places were found.</summary>
    public bool TryTakePlace(out string place)
    {
        place = "";
        return _finder is not null && _finder.TryTake(out place);
    }

    /// <summary>Something authentic came by UDP.</summary>
    public void NoteUdp() => _udpHeard = true;

    /// <summary>The session wants a way through ssh.</summary>
    public void Want(Instant now, ClientSession session)
    {
        _isWanted = true;
        if (_carrier is null && _startAt <= now)
        {
            Start(now, session);
        }
    }

    /// <summary>UDP is proven to work.</summary>
    public void Release(Instant now, ClientSession session)
    {
        _isWanted = false;
        Failure = null;
        if (!_isKept && _carrier is not null)
        {
            Close();
            session.CarrierLost(now);
        }
    }

    public void NetworkChanged(Instant now)
    {
        _pauseMillis = PauseMillisMin;
        _startAt = now;
        _carrier?.NetworkChanged(now);
    }

    public void Send(Instant now, ReadOnlySpan<byte> datagram, in PeerAddress to)
    {
        if (_carrier is not null && _carrier.Address == to)
        {
            _carrier.Send(now, datagram);
        }
    }

    public void Flush() => _carrier?.Flush();

    public void Dispose()
    {
        Close();
        _finder?.Dispose();
    }

    private void Receive(Instant now, ClientSession session, byte[] buffer)
    {
        if (_carrier!.IsOpen && !_isAnnounced)
        {
            _isAnnounced = true;
            Failure = null;
            session.CarrierReady(now, _carrier.Address);
        }

        for (int i = 0; i < DatagramsPerTurnMax && _carrier.TryReceive(buffer, out int length); i++)
        {
            session.HandleDatagram(now, _carrier.Address, buffer.AsSpan(0, length), congestionExperienced: false);
        }

        if (_carrier.IsOver)
        {
            TakeEnd(now, session);
        }

        if (!_hasSearched && !_udpHeard && session.IsCarried)
        {
            Search();
        }
    }

    private void TakeEnd(Instant now, ClientSession session)
    {
        bool wasStable = _isAnnounced && now.MillisSince(_startedAt) >= StableMillis;
        _pauseMillis = wasStable ? PauseMillisMin : _pauseMillis;
        _startAt = wasStable ? now : now.PlusMillis(_pauseMillis);
        _pauseMillis = Math.Min(_pauseMillis * 2, PauseMillisMax);
        bool wasAnnounced = _isAnnounced;
        string last = _carrier!.LastError;
        Close();
        if (wasAnnounced)
        {
            session.CarrierLost(now);
        }
        else
        {
            Fail(now, session, last);
        }
    }

    private void Start(Instant now, ClientSession session)
    {
        if (!_udpHeard && !_isKept)
        {
            Search();
        }

        if (_carryWords.Count == 0)
        {
            return;
        }

        _startedAt = now;
        session.CarrierStarts(now);
        _carrier = SshCarrier.TryStart(now, _carryWords, NextAddress(), out string error);
        if (_carrier is null)
        {
            _startAt = now.PlusMillis(_pauseMillis);
            _pauseMillis = Math.Min(_pauseMillis * 2, PauseMillisMax);
            Fail(now, session, $"{_carryWords[0]}: {error}");
        }
    }

    /// <summary>Once: UDP has never answered, so places are looked for that are nearer to the server.</summary>
    private void Search()
    {
        if (!_hasSearched && _finderWords.Count > 0)
        {
            _finder = PlaceFinder.TryStart(_finderWords);
        }

        _hasSearched = true;
    }

    private void Fail(Instant now, ClientSession session, string last)
    {
        // OpenSSH's texts (sshconnect2.c) when it would have to ask, which it cannot here.
        bool wouldAsk = last.Contains("Permission denied", StringComparison.Ordinal) || last.Contains("Host key verification failed", StringComparison.Ordinal);
        string reason = last.Length == 0 ? "the login ended" : last.TrimEnd('.');
        Failure = wouldAsk ? $"ssh asks for a password or confirmation: {reason}." : $"ssh does not get through: {reason}.";
        session.CarrierFailed(now, Failure);
    }

    private PeerAddress NextAddress() => PeerAddress.Carried(++_number);

    private void Close()
    {
        if (_carrier is not null)
        {
            _carrier.Dispose();
            if (_leaving.Count == LeavingMax)
            {
                _leaving.RemoveAt(0);
            }

            _leaving.Add(_carrier.Pid);
            _carrier = null;
            _isAnnounced = false;
        }
    }

    private void Reap()
    {
        for (int i = _leaving.Count - 1; i >= 0; i--)
        {
            int status;
            if (Libc.waitpid(_leaving[i], &status, Libc.WNOHANG) != 0)
            {
                _leaving.RemoveAt(i);
            }
        }
    }
}
