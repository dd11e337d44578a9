using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Moves bytes between a stream and descriptors, both ways. Reads only what the stream has room for, so a slow peer slows the program at the other end of the descriptor; ends each
/// direction by itself, as TCP does; hands a reset on as a reset.
/// </summary>
internal sealed unsafe class StreamPump : IStreamOwner, IDescriptorOwner
{
    /// <summary>Moved in one go; others come first then.</summary>
    private const int BytesPerTurnMax = 256 * 1024;

    /// <summary>POSIX, PIPE_BUF on Linux: so much a pipe takes without blocking when poll(2) calls it writable.</summary>
    private const int SharedWriteBytesMax = 4096;

    private readonly StreamHub _hub;
    private readonly StreamPumpOptions _options;
    private readonly ulong _id;
    private int _inputFd;
    private int _outputFd;
    private bool _isInputDone;
    private bool _isOutputDone;
    private bool _hasPeerFinished;
    private bool _isFull;
    private bool _isEnded;

    private StreamPump(StreamHub hub, ulong id, int inputFd, int outputFd, StreamPumpOptions options)
    {
        _hub = hub;
        _id = id;
        _inputFd = inputFd;
        _outputFd = outputFd;
        _options = options;
        _isInputDone = inputFd < 0;
        _isOutputDone = outputFd < 0;
    }

    public ulong Id => _id;

    private bool IsSocket => _inputFd == _outputFd;

    /// <summary>Takes the stream and the descriptors over. The same descriptor twice: a socket. -1: that direction is not there; the stream's is ended, or what comes is refused.</summary>
    public static StreamPump Start(Instant now, StreamHub hub, ulong id, int inputFd, int outputFd, StreamPumpOptions options)
    {
        StreamPump pump = new(hub, id, inputFd, outputFd, options);
        if (!options.SharesDescriptors)
        {
            SetNonBlocking(inputFd);
            SetNonBlocking(outputFd);
        }

        hub.Own(id, pump);
        if (inputFd < 0)
        {
            hub.Channels?.Finish(id);
        }

        if (outputFd < 0)
        {
            hub.Channels?.Stop(id);
        }

        pump.Push(now);
        pump.Pull(now);
        pump.Settle(now);
        return pump;
    }

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Readable:
                Push(now);
                break;
            case StreamEventKind.Finished:
                _hasPeerFinished = true;
                Push(now);
                break;
            case StreamEventKind.Writable:
                Pull(now);
                break;
            case StreamEventKind.Stopped:
                EndInput();
                break;
            case StreamEventKind.Reset or StreamEventKind.Refused:
                End(now, PumpEnd.ResetByPeer);
                return;
        }

        Settle(now);
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        if (writable && fd == _outputFd && !_isOutputDone)
        {
            _isFull = false;
            Push(now);
        }

        if (readable && fd == _inputFd && !_isInputDone)
        {
            Pull(now);
        }

        Settle(now);
    }

    /// <summary>Ends it at once, at both ends.</summary>
    public void Cancel(Instant now)
    {
        _hub.Channels?.Reset(_id);
        End(now, PumpEnd.Cancelled);
    }

    /// <summary>What the descriptor has goes into the stream, as far as there is room.</summary>
    private void Pull(Instant now)
    {
        int left = BytesPerTurnMax;
        while (!_isInputDone && !_isEnded && left > 0 && _hub.Channels is { } streams)
        {
            int room = Math.Min(streams.WriteRoom(_id), _hub.Buffer.Length);
            if (room == 0)
            {
                streams.WantRoom(_id);
                return;
            }

            nint n;
            fixed (byte* buffer = _hub.Buffer)
            {
                n = Libc.read(_inputFd, buffer, Math.Min(room, left));
            }

            if (n > 0)
            {
                _ = streams.Write(_id, _hub.Buffer.AsSpan(0, (int)n));
                left = _options.SharesDescriptors ? 0 : left - (int)n;
            }
            else if (n == 0)
            {
                streams.Finish(_id);
                EndInput();
            }
            else if (Libc.Errno != Libc.EINTR)
            {
                TakeReadError(now, Libc.Errno);
                return;
            }
        }
    }

    private void TakeReadError(Instant now, int errno)
    {
        if (errno == Libc.EAGAIN)
        {
            return;
        }

        if (IsSocket)
        {
            _hub.Channels?.Reset(_id);
            End(now, PumpEnd.Broken);
            return;
        }

        // A pty whose program is gone says EIO; whatever it is, nothing more will come.
        _hub.Channels?.Finish(_id);
        EndInput();
    }

    /// <summary>What came goes to the descriptor, as far as that takes it.</summary>
    private void Push(Instant now)
    {
        int left = BytesPerTurnMax;
        while (!_isOutputDone && !_isEnded && !_isFull && _hub.Channels is { } streams)
        {
            ReadOnlySpan<byte> bytes = streams.Peek(_id);
            if (bytes.IsEmpty)
            {
                if (_hasPeerFinished)
                {
                    EndOutput();
                }

                return;
            }

            if (left <= 0 || (_options.SharesDescriptors && !IsWritable(_outputFd)))
            {
                // It is asked again in the next turn.
                _isFull = true;
                return;
            }

            int most = Math.Min(bytes.Length, _options.SharesDescriptors ? SharedWriteBytesMax : left);
            nint n;
            fixed (byte* start = bytes)
            {
                n = Libc.write(_outputFd, start, most);
            }

            if (n >= 0)
            {
                streams.Consume(_id, (int)n);
                left -= (int)n;
            }
            else if (Libc.Errno == Libc.EAGAIN)
            {
                _isFull = true;
            }
            else if (Libc.Errno != Libc.EINTR)
            {
                TakeWriteError(now);
            }
        }
    }

    private void TakeWriteError(Instant now)
    {
        if (IsSocket)
        {
            _hub.Channels?.Reset(_id);
            End(now, PumpEnd.Broken);
            return;
        }

        // The reader is gone; whoever writes at the other end shall know.
        _hub.Channels?.Stop(_id);
        EndOutput();
    }

    /// <summary>Nothing more is read. A pipe is closed, so that who writes into it learns of it.</summary>
    private void EndInput()
    {
        if (_isInputDone)
        {
            return;
        }

        _isInputDone = true;
        if (!IsSocket)
        {
            Close(ref _inputFd);
        }
    }

    /// <summary>Nothing more is written: the reader sees the end.</summary>
    private void EndOutput()
    {
        if (_isOutputDone)
        {
            return;
        }

        _isOutputDone = true;
        if (IsSocket)
        {
            _ = Libc.shutdown(_outputFd, Libc.SHUT_WR);
        }
        else
        {
            Close(ref _outputFd);
        }
    }

    /// <summary>Asks the hub for what is wanted now; ends when nothing is.</summary>
    private void Settle(Instant now)
    {
        if (_isEnded)
        {
            return;
        }

        if (_isInputDone && _isOutputDone)
        {
            End(now, PumpEnd.Finished);
            return;
        }

        bool read = !_isInputDone && _hub.Channels is { } streams && streams.WriteRoom(_id) > 0;
        if (IsSocket)
        {
            _hub.Watch(_inputFd, this, read, _isFull && !_isOutputDone);
            return;
        }

        if (_inputFd >= 0)
        {
            _hub.Watch(_inputFd, this, read, write: false);
        }

        if (_outputFd >= 0)
        {
            _hub.Watch(_outputFd, this, read: false, _isFull);
        }
    }

    private void End(Instant now, PumpEnd how)
    {
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        _hub.Disown(_id);
        if (IsSocket)
        {
            if (how != PumpEnd.Finished)
            {
                // Its peer sees a reset too.
                Libc.SetLinger(_inputFd, seconds: 0);
            }

            _outputFd = -1;
        }

        Close(ref _inputFd);
        Close(ref _outputFd);
        _options.Ended?.Invoke(now, how);
    }

    private void Close(ref int fd)
    {
        if (fd >= 0)
        {
            _hub.Unwatch(fd);
            if (!_options.KeepsDescriptors)
            {
                _ = Libc.close(fd);
            }

            fd = -1;
        }
    }

    private static void SetNonBlocking(int fd)
    {
        if (fd >= 0)
        {
            Libc.SetNonBlocking(fd);
        }
    }

    private static bool IsWritable(int fd)
    {
        Libc.PollFd poll = new() { Fd = fd, Events = Libc.POLLOUT };
        Libc.TimeSpec none = default;
        return Libc.ppoll(&poll, 1, &none, null) > 0 && poll.Revents != 0;
    }
}
