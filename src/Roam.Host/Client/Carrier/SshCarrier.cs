using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// One ssh that carries datagrams as frames: taken over from the wrapper, or started, which first logs in and may say anything until the line "ROAM CARRY". Part of the client's poll:
/// nothing here waits.
/// </summary>
internal sealed unsafe class SshCarrier : IDisposable
{
    /// <summary>Slots of a poll: its standard output, input and error.</summary>
    public const int SlotCount = 3;

    /// <summary>From the start to the first frame.</summary>
    private const long LoginMillisMax = 30_000;

    /// <summary>Messages of the day and what start files print; more than this is no login.</summary>
    private const int NoiseBytesMax = 64 * 1024;

    /// <summary>Something went in and nothing came out: three of the regular acknowledgements are missing. The connection is dead, whatever TCP still hopes.</summary>
    private const long DeadMillis = 10_000;

    /// <summary>The same after the host's network changed: the server is asked at once then, and answers at once.</summary>
    private const long DeadAfterChangeMillis = 3000;

    private const int ReadBytesMax = 4096;

    private readonly LastLine _errors = new();
    private readonly byte[] _line = new byte[CarryLine.Length + 1];
    private int _input;
    private int _output;
    private int _error;
    private int _noiseBytes;
    private int _lineLength;
    private Instant _loginUntil = Instant.Never;
    private Instant _deadAt = Instant.Never;
    private FrameStream? _frames;

    private SshCarrier(in CarrierHandle handle, in PeerAddress address)
    {
        (_input, _output, _error, Pid) = handle;
        Address = address;
        Libc.SetNonBlocking(_input);
        Libc.SetNonBlocking(_output);
        Libc.SetNonBlocking(_error);
    }

    /// <summary>What the datagrams for it are addressed to; each carrier has its own.</summary>
    public PeerAddress Address { get; }

    public int Pid { get; }

    /// <summary>Frames go both ways.</summary>
    public bool IsOpen => _frames is not null && !IsOver;

    public bool IsOver { get; private set; }

    /// <summary>Nothing came out of it although something went in: its process may hang for long.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Some of what was read already was not fetched: the loop must not sleep.</summary>
    public bool HasNews { get; private set; }

    /// <summary>What it said last.</summary>
    public string LastError => _errors.Text;

    public Instant NextTimeout => HasNews ? Instant.Zero : Instant.Min(_loginUntil, _deadAt);

    private static ReadOnlySpan<byte> CarryLine => "ROAM CARRY"u8;

    /// <summary>The wrapper's ssh, which is past its login.</summary>
    public static SshCarrier Adopt(in CarrierHandle handle, in PeerAddress address)
    {
        SshCarrier carrier = new(handle, address);
        carrier._frames = new FrameStream(handle.Input, handle.Output);
        return carrier;
    }

    /// <summary>Null: the program could not be started; error is the system's text.</summary>
    public static SshCarrier? TryStart(Instant now, IReadOnlyList<string> words, in PeerAddress address, out string error)
    {
        // A session of its own: neither ^C nor ^Z nor the end of the terminal reaches it, and it cannot ask anything there.
        if (!StandardPipes.TryStart(words, newSession: true, out StandardPipes started, out error))
        {
            return null;
        }

        return new SshCarrier(new CarrierHandle(started.Output, started.Input, started.Error, started.Pid), address) { _loginUntil = now.PlusMillis(LoginMillisMax) };
    }

    /// <summary>A negative descriptor is skipped by poll.</summary>
    public void Fill(Span<Libc.PollFd> slots)
    {
        slots[0] = new Libc.PollFd { Fd = IsOver ? -1 : _input, Events = Libc.POLLIN };
        slots[1] = new Libc.PollFd { Fd = _frames is { WantsWrite: true } ? _output : -1, Events = Libc.POLLOUT };
        slots[2] = new Libc.PollFd { Fd = _error, Events = Libc.POLLIN };
    }

    public void Turn(Instant now, ReadOnlySpan<Libc.PollFd> slots)
    {
        if (slots[2].Revents != 0 && !_errors.Drain(_error))
        {
            _ = Libc.close(_error);
            _error = -1;
        }

        if (slots[0].Revents != 0)
        {
            if (_frames is null)
            {
                ReadNoise();
            }

            HasNews |= _frames is not null;
        }

        if (slots[1].Revents != 0)
        {
            _frames?.Flush();
        }

        IsDead |= _deadAt <= now;
        IsOver |= IsDead || _loginUntil <= now || (_frames is { IsOver: true } && !HasNews);
    }

    /// <summary>The next datagram; false: none is here now.</summary>
    public bool TryReceive(Span<byte> destination, out int length)
    {
        length = 0;
        if (!HasNews || _frames is null)
        {
            return false;
        }

        if (_frames.TryReceive(destination, out length))
        {
            _deadAt = Instant.Never;
            return true;
        }

        HasNews = false;
        IsOver |= _frames.IsOver;
        return false;
    }

    public void Send(Instant now, ReadOnlySpan<byte> datagram)
    {
        // One that finds no room is lost, as on a full link.
        if (_frames is not null && _frames.TrySend(datagram) && _deadAt == Instant.Never)
        {
            _deadAt = now.PlusMillis(DeadMillis);
        }
    }

    public void Flush() => _frames?.Flush();

    public void NetworkChanged(Instant now)
    {
        if (IsOpen)
        {
            _deadAt = Instant.Min(_deadAt, now.PlusMillis(DeadAfterChangeMillis));
        }
    }

    /// <summary>Closes the pipes, upon which a living ssh ends by itself: it may be the master of other connections, which must not end. A dead one is ended.</summary>
    public void Dispose()
    {
        Flush();
        Close([_input, _output, _error]);
        _input = _output = _error = -1;
        if (IsDead || _frames is null)
        {
            _ = Libc.kill(Pid, Libc.SIGTERM);
        }

        IsOver = true;
    }

    private static void Close(ReadOnlySpan<int> descriptors)
    {
        foreach (int fd in descriptors)
        {
            if (fd >= 0)
            {
                _ = Libc.close(fd);
            }
        }
    }

    /// <summary>Looks for the line that ends the noise. What follows it are frames.</summary>
    private void ReadNoise()
    {
        byte* buffer = stackalloc byte[ReadBytesMax];
        nint n = Libc.read(_input, buffer, ReadBytesMax);
        if (n <= 0)
        {
            IsOver |= n == 0 || Libc.Errno is not (Libc.EAGAIN or Libc.EINTR);
            return;
        }

        for (int i = 0; i < n; i++)
        {
            if (buffer[i] == (byte)'\n')
            {
                if (_line.AsSpan(0, _lineLength).TrimEnd((byte)'\r').SequenceEqual(CarryLine))
                {
                    _loginUntil = Instant.Never;
                    _frames = new FrameStream(_input, _output);
                    _frames.Preload(new ReadOnlySpan<byte>(buffer + i + 1, (int)n - i - 1));
                    return;
                }

                _lineLength = 0;
            }
            else if (_lineLength < _line.Length)
            {
                _line[_lineLength++] = buffer[i];
            }
            else
            {
                // Longer than the line that is looked for: not to be taken for it.
                _line[0] = 0;
            }
        }

        _noiseBytes += (int)n;
        IsOver |= _noiseBytes >= NoiseBytesMax;
    }
}
