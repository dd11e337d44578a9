using System.Runtime.InteropServices;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// The broker of a shared port: reads the UDP socket and hands each datagram to the session whose connection id stands before it. It holds no key and answers nobody. What
/// sessions send they send by themselves, through the same socket. One thread, one ppoll.
/// </summary>
internal sealed unsafe class BrokerLoop : IDisposable
{
    /// <summary>Sessions of one user behind one port; the next one is refused.</summary>
    public const int SessionsMax = 256;

    /// <summary>Without a session the broker ends after so long; the next session starts a new one.</summary>
    public const long LingerMillis = 3000;

    /// <summary>After a broker's death its sessions join the next one within this time; until then their datagrams are left in the socket.</summary>
    private const long GatherMillis = 2 * BrokerPort.RetryMillis;

    /// <summary>A connection that does not say what it wants is closed.</summary>
    private const long JoinMillisMax = 5000;

    // As in the server's loop: a flood leaves the others their turn.
    private const int DatagramsPerTurnMax = 128;

    // One byte more than the longest that goes on: what was cut is seen, and dropped.
    private const int DatagramBytesMax = 2048 + Place.IdBytesMax;

    // The protocol's nonce in clear and its tag: what is shorter is nobody's (docs/protocol.md).
    private const int ContentBytesMin = 24;

    private const int SocketSlot = 0;
    private const int SignalSlot = 1;
    private const int ListenerSlot = 2;
    private const int FirstSessionSlot = 3;

    private readonly UdpSocket _socket;
    private readonly SignalFd _signals;
    private readonly List<BrokerMember> _members = new(SessionsMax);
    private readonly Dictionary<UInt128, BrokerMember> _byId = new(SessionsMax);
    private readonly byte[] _datagram = new byte[DatagramBytesMax + 1];
    private readonly Libc.PollFd[] _slots = new Libc.PollFd[FirstSessionSlot + SessionsMax];
    private int _listener;
    private readonly Instant _readsFrom;
    private Instant _emptySince;
    private bool _isStopped;

    public BrokerLoop(UdpSocket socket, int listener, SignalFd signals, bool isAgain)
    {
        _socket = socket;
        _listener = listener;
        _signals = signals;
        _emptySince = SystemClock.Now;
        _readsFrom = isAgain ? _emptySince.PlusMillis(GatherMillis) : _emptySince;
    }

    /// <summary>SIGHUP and SIGPIPE are taken and dropped.</summary>
    public static ReadOnlySpan<int> Signals => [Libc.SIGHUP, Libc.SIGINT, Libc.SIGTERM, Libc.SIGPIPE];

    public void Run()
    {
        while (!_isStopped)
        {
            int count = Wait();
            Instant now = SystemClock.Now;
            HandleSignals();
            Hear(count, now);
            if (_slots[ListenerSlot].Revents != 0)
            {
                Accept(now);
            }

            if (_slots[SocketSlot].Revents != 0)
            {
                HandOn();
            }

            if (_members.Count == 0 && now.MillisSince(_emptySince) >= LingerMillis)
            {
                _isStopped = !TryAcceptLast(now);
            }
        }
    }

    public void Dispose()
    {
        CloseListener();
        foreach (BrokerMember member in _members)
        {
            _ = Libc.close(member.Fd);
        }

        _members.Clear();
        _byId.Clear();
    }

    private int Wait()
    {
        bool reads = SystemClock.Now >= _readsFrom;
        _slots[SocketSlot] = new Libc.PollFd { Fd = reads ? _socket.Fd : -1, Events = Libc.POLLIN };
        _slots[SignalSlot] = new Libc.PollFd { Fd = _signals.Fd, Events = Libc.POLLIN };
        _slots[ListenerSlot] = new Libc.PollFd { Fd = _listener, Events = Libc.POLLIN };
        Instant until = _members.Count == 0 ? _emptySince.PlusMillis(LingerMillis) : Instant.Never;
        until = reads ? until : Instant.Min(until, _readsFrom);
        for (int i = 0; i < _members.Count; i++)
        {
            _slots[FirstSessionSlot + i] = new Libc.PollFd { Fd = _members[i].Fd, Events = Libc.POLLIN };
            until = _members[i].IsJoined ? until : Instant.Min(until, _members[i].JoinsBefore);
        }

        int count = FirstSessionSlot + _members.Count;
        fixed (Libc.PollFd* slots = _slots)
        {
            LoopWait.Poll(slots, count, until);
        }

        return count;
    }

    private void Hear(int count, Instant now)
    {
        for (int i = count - 1; i >= FirstSessionSlot; i--)
        {
            BrokerMember member = _members[i - FirstSessionSlot];
            if ((_slots[i].Revents != 0 && !TryHear(member)) || (!member.IsJoined && now >= member.JoinsBefore))
            {
                Remove(member, now);
            }
        }
    }

    private void HandOn()
    {
        Span<byte> header = stackalloc byte[BrokerMessage.HeaderBytes];
        for (int i = 0; i < DatagramsPerTurnMax && _socket.TryReceive(_datagram, out int length, out PeerAddress from, out bool isMarked); i++)
        {
            if (length < Place.IdBytes + ContentBytesMin || length > DatagramBytesMax || !_byId.TryGetValue(MemoryMarshal.Read<UInt128>(_datagram), out BrokerMember? member))
            {
                continue;
            }

            // A session whose queue is full loses the datagram, as a full socket would; the others lose nothing.
            BrokerMessage.WriteHeader(header, from, _socket.LastLocal, isMarked);
            BrokerSocket.TrySend(member.Fd, header, _datagram.AsSpan(Place.IdBytes, length - Place.IdBytes));
        }
    }

    private void Accept(Instant now)
    {
        int fd = BrokerSocket.TryAccept(_listener);
        if (fd < 0)
        {
            return;
        }

        if (_members.Count == SessionsMax)
        {
            Answer(fd, BrokerAnswer.Full);
            _ = Libc.close(fd);
            return;
        }

        _members.Add(new BrokerMember(fd, now.PlusMillis(JoinMillisMax)));
    }

    /// <summary>The end is announced by the name's end: whoever came before it is still served.</summary>
    private bool TryAcceptLast(Instant now)
    {
        Accept(now);
        if (_members.Count == 0)
        {
            CloseListener();
        }

        return _members.Count > 0;
    }

    /// <summary>False: the session is gone, or not one that we can talk with.</summary>
    private bool TryHear(BrokerMember member)
    {
        Span<byte> message = stackalloc byte[BrokerMessage.JoinBytes + 1];
        int length = BrokerSocket.Receive(member.Fd, message, [], out int passed);
        if (passed >= 0)
        {
            _ = Libc.close(passed);
        }

        if (length <= 0 || member.IsJoined)
        {
            return length < 0 && Libc.Errno == Libc.EAGAIN;
        }

        if (length != BrokerMessage.JoinBytes || message[0] != BrokerMessage.Version)
        {
            Answer(member.Fd, BrokerAnswer.OtherVersion);
            return false;
        }

        UInt128 id = MemoryMarshal.Read<UInt128>(message[1..]);
        if (!_byId.TryAdd(id, member))
        {
            Answer(member.Fd, BrokerAnswer.IdTaken);
            return false;
        }

        member.Join(id);
        return Answer(member.Fd, BrokerAnswer.Yes, _socket.Fd);
    }

    private void Remove(BrokerMember member, Instant now)
    {
        _members.Remove(member);
        _ = Libc.close(member.Fd);
        if (member.IsJoined)
        {
            _byId.Remove(member.Id);
        }

        _emptySince = now;
    }

    private static bool Answer(int fd, BrokerAnswer answer, int passed = -1) =>
        BrokerSocket.TrySend(fd, [BrokerMessage.Answer, (byte)answer], [], passed);

    private void HandleSignals()
    {
        while (_slots[SignalSlot].Revents != 0 && _signals.TryRead(out int signal))
        {
            _isStopped |= signal is Libc.SIGTERM or Libc.SIGINT;
        }
    }

    private void CloseListener()
    {
        if (_listener >= 0)
        {
            _ = Libc.close(_listener);
            _listener = -1;
        }
    }
}
