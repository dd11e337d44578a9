using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// A session's share of a port: datagrams come from the broker and leave through the shared socket. When the broker dies, the first session to notice starts a new one with
/// the socket that all of them hold, in which meanwhile what arrives is kept; the others join it under their old ids.
/// </summary>
internal sealed class BrokerPort : IDatagramPort
{
    /// <summary>Another session is about to start the broker.</summary>
    public const long RetryMillis = 50;

    /// <summary>The broker said no, or says nothing: something is wrong that time may mend.</summary>
    private const long RefusedMillis = 1000;

    private readonly string _binary;
    private readonly int _port;
    private readonly byte[] _join = new byte[BrokerMessage.JoinBytes];
    private readonly byte[] _header = new byte[BrokerMessage.HeaderBytes];
    private int _brokerPid;
    private bool _isJoined = true;

    /// <param name="socket">The shared UDP socket.</param>
    /// <param name="connection">To the broker, which has said yes.</param>
    /// <param name="port">Of UDP.</param>
    /// <param name="id">The session's connection id.</param>
    /// <param name="binary">For a new broker.</param>
    public BrokerPort(UdpSocket socket, int connection, int port, ReadOnlySpan<byte> id, string binary)
    {
        Socket = socket;
        Fd = connection;
        _port = port;
        _binary = binary;
        _join[0] = BrokerMessage.Version;
        id.CopyTo(_join.AsSpan(1));
    }

    public UdpSocket Socket { get; }

    public ReadOnlySpan<byte> Id => _join.AsSpan(1);

    public int Fd { get; private set; }

    public int LastError => Socket.LastError;

    public bool HoldsMore => false;

    public Instant NextTimeout { get; private set; } = Instant.Never;

    public bool TryReceive(Span<byte> buffer, out int length, out PeerAddress from, out bool congestionExperienced)
    {
        (length, from, congestionExperienced) = (0, default, false);
        while (Fd >= 0)
        {
            int n = BrokerSocket.Receive(Fd, _header, buffer, out int passed);
            if (passed >= 0)
            {
                // The same socket that we have: a broker that we started ourselves got it from us.
                _ = Libc.close(passed);
            }

            if (n < 0 && Libc.Errno == Libc.EAGAIN)
            {
                return false;
            }

            if (n <= 0)
            {
                Lose(SystemClock.Now);
                return false;
            }

            if (n >= BrokerMessage.HeaderBytes && _header[0] == BrokerMessage.Datagram)
            {
                BrokerMessage.ReadHeader(_header, out from, out LocalAddress local, out congestionExperienced);
                Socket.LastLocal = local;
                length = n - BrokerMessage.HeaderBytes;
                return true;
            }

            if (n == BrokerMessage.AnswerBytes && _header[0] == BrokerMessage.Answer)
            {
                TakeAnswer((BrokerAnswer)_header[1]);
            }
        }

        return false;
    }

    public void KeepLocalAddress(in PeerAddress from) => Socket.KeepLocalAddress(from);

    public SendResult Send(ReadOnlySpan<byte> datagram, in PeerAddress to) => Socket.Send(datagram, to);

    public void HandleTimeout(Instant now)
    {
        if (now < NextTimeout)
        {
            return;
        }

        // Either there is no connection, or the broker did not answer on it.
        Close();
        Rejoin(now);
    }

    public void Reap()
    {
        int pid = _brokerPid;
        unsafe
        {
            int status;
            _brokerPid = pid > 0 && Libc.waitpid(pid, &status, Libc.WNOHANG) != 0 ? 0 : pid;
        }
    }

    public void Dispose()
    {
        Close();
        Socket.Dispose();
    }

    private void TakeAnswer(BrokerAnswer answer)
    {
        _isJoined = answer == BrokerAnswer.Yes;
        if (_isJoined)
        {
            NextTimeout = Instant.Never;
        }
    }

    private void Lose(Instant now)
    {
        // A broker that had taken us and is gone has died: at once. One that refused us: later.
        bool hasDied = _isJoined;
        Close();
        if (hasDied)
        {
            Rejoin(now);
        }
        else
        {
            NextTimeout = now.PlusMillis(RefusedMillis);
        }
    }

    private void Rejoin(Instant now)
    {
        _isJoined = false;
        Fd = BrokerSocket.TryConnect(_port);
        if (Fd < 0)
        {
            StartBroker();
            Fd = BrokerSocket.TryConnect(_port);
        }

        if (Fd >= 0 && !BrokerSocket.TrySend(Fd, _join, []))
        {
            Close();
        }

        NextTimeout = now.PlusMillis(Fd < 0 ? RetryMillis : RefusedMillis);
    }

    /// <summary>The name can be taken by one alone, who starts the broker; the others connect.</summary>
    private void StartBroker()
    {
        int listener = BrokerSocket.TryListen(_port);
        if (listener < 0)
        {
            return;
        }

        Reap();
        if (BrokerHost.TryStart(_binary, _port, Socket, listener, isAgain: true, out int pid, out _))
        {
            _brokerPid = pid;
        }

        _ = Libc.close(listener);
    }

    private void Close()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }
}
