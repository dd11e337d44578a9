using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Moves bytes between a stream and a descriptor for each direction, or one socket for both, and ends each direction by itself as TCP does. It reads only what the stream has room for, and
/// takes from the stream only what the descriptor took: back-pressure goes all the way, and the pump itself keeps no byte.
/// </summary>
internal sealed unsafe class StreamPump : IStreamOwner, IDescriptorOwner, IDisposable
{
    /// <summary>A descriptor that would block (a terminal, a pipe that others share) gets no more at once: so much goes when poll says that it is writable (POSIX, PIPE_BUF).</summary>
    private const int BlockingWriteBytesMax = 4096;

    private readonly StreamHub _hub;
    private readonly StreamSet _streams;
    private readonly StreamPumpOptions _options;
    private readonly ulong _id;
    private readonly bool _outputBlocks;
    private int _input;
    private int _output;
    private bool _inputDone;
    private bool _outputDone;
    private bool _waitsForRoom;
    private bool _waitsForOutput;
    private bool _isOver;

    private StreamPump(StreamHub hub, StreamSet streams, ulong id, int input, int output, StreamPumpOptions options)
    {
        (_hub, _streams, _id, _input, _output, _options) = (hub, streams, id, input, output, options);
        _inputDone = input < 0;
        _outputDone = output < 0;
        _outputBlocks = output >= 0 && (Libc.fcntl(output, Libc.F_GETFL, 0) & Libc.O_NONBLOCK) == 0;
    }

    /// <summary>Nothing more comes out of the input descriptor.</summary>
    public bool IsInputDone => _inputDone || _isOver;

    /// <summary>Nothing more goes into the output descriptor: all that came has gone there, or nobody reads it.</summary>
    public bool IsOutputDone => _outputDone || _isOver;

    private bool IsSocket => _input == _output;

    /// <summary>The stream belongs to the pump from now on, and the descriptors, too, unless the options say otherwise. -1: there is no such direction, and the peer is told so.</summary>
    public static StreamPump Start(StreamHub hub, ulong id, int inputFd, int outputFd, StreamPumpOptions options)
    {
        StreamPump pump = new(hub, hub.Channels!, id, inputFd, outputFd, options);
        hub.Own(id, pump);
        pump.Begin(hub.Now);
        return pump;
    }

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Readable:
            case StreamEventKind.Finished:
                Push(now);
                break;
            case StreamEventKind.Writable:
                _waitsForRoom = false;
                break;
            case StreamEventKind.Stopped:
                EndInput();
                break;
            case StreamEventKind.Reset:
                End(now, StreamPumpEnd.Reset);
                return;
            case StreamEventKind.Refused:
                End(now, StreamPumpEnd.Refused);
                return;
        }

        Settle(now);
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        if (writable && fd == _output && _waitsForOutput)
        {
            _waitsForOutput = false;
            Push(now, isWritable: true);
        }

        if (readable && fd == _input && !_inputDone && !_waitsForRoom && !_isOver)
        {
            Pull(now);
        }

        Settle(now);
    }

    /// <summary>Breaks it off from this end.</summary>
    public void Reset(Instant now, ulong reason = 0)
    {
        if (!_isOver)
        {
            _streams.Reset(_id, reason);
            End(now, StreamPumpEnd.Reset);
        }
    }

    /// <summary>The session is over: what the descriptors have taken still goes where it goes.</summary>
    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            Close(withReset: false);
        }
    }

    private void Begin(Instant now)
    {
        if (_inputDone)
        {
            _streams.Finish(_id);
        }
        else if (_hub.HasStopped(_id))
        {
            EndInput();
        }

        if (_outputDone)
        {
            _streams.Stop(_id);
        }
        else
        {
            Push(now);
        }

        Settle(now);
    }

    /// <summary>From the descriptor into the stream, one read.</summary>
    private void Pull(Instant now)
    {
        int room = Math.Min(_streams.WriteRoom(_id), StreamHub.BufferBytes);
        if (room == 0)
        {
            AwaitRoom();
            return;
        }

        Span<byte> buffer = _hub.Buffer[..room];
        nint length;
        fixed (byte* start = buffer)
        {
            length = Libc.read(_input, start, room);
        }

        if (length > 0)
        {
            _streams.Write(_id, buffer[..(int)length]);
            if (_streams.WriteRoom(_id) == 0)
            {
                AwaitRoom();
            }
        }
        else if (length == 0 || (!IsSocket && Libc.Errno is not (Libc.EAGAIN or Libc.EINTR)))
        {
            // Of a terminal that is gone EIO is the end.
            EndInput();
        }
        else if (Libc.Errno is not (Libc.EAGAIN or Libc.EINTR))
        {
            TakeBroken(now);
        }
    }

    /// <summary>A reset would throw away what was read before it and is under way, as a server's early answer to a request that it does not read to its end: then the stream ends in order.</summary>
    private void TakeBroken(Instant now)
    {
        if (_streams.Unacknowledged(_id) == 0)
        {
            Reset(now);
            return;
        }

        _streams.Stop(_id);
        EndInput();
        EndOutput();
    }

    /// <summary>A stream that takes nothing of a byte tells when there is room.</summary>
    private void AwaitRoom()
    {
        _streams.Write(_id, [0]);
        _waitsForRoom = true;
    }

    /// <summary>From the stream into the descriptor, as much as it takes.</summary>
    private void Push(Instant now, bool isWritable = false)
    {
        while (!_outputDone && !_isOver && !_waitsForOutput)
        {
            ReadOnlySpan<byte> bytes = _streams.Peek(_id);
            if (bytes.IsEmpty)
            {
                if (_hub.HasFinished(_id))
                {
                    EndOutput();
                }

                return;
            }

            if (_outputBlocks && !isWritable)
            {
                _waitsForOutput = true;
                return;
            }

            bytes = _outputBlocks ? bytes[..Math.Min(bytes.Length, BlockingWriteBytesMax)] : bytes;
            isWritable = false;
            nint length;
            fixed (byte* start = bytes)
            {
                length = Libc.write(_output, start, bytes.Length);
            }

            if (length > 0)
            {
                _streams.Consume(_id, (int)length);
            }
            else if (length < 0 && Libc.Errno is Libc.EAGAIN or Libc.EINTR or Libc.ENOBUFS)
            {
                _waitsForOutput = true;
            }
            else
            {
                // Whoever read it is gone. What he wrote before may still be there to be read, and goes first: if it was a reset, the next read tells.
                _streams.Stop(_id);
                EndOutput();
            }
        }
    }

    private void EndInput()
    {
        if (_inputDone)
        {
            return;
        }

        _inputDone = true;
        _streams.Finish(_id);
        if (!IsSocket)
        {
            Release(ref _input);
        }
    }

    private void EndOutput()
    {
        _outputDone = true;
        _waitsForOutput = false;
        if (!IsSocket)
        {
            Release(ref _output);
        }
        else if (!_options.KeepsDescriptors)
        {
            _ = Libc.shutdown(_output, Libc.SHUT_WR);
        }
    }

    /// <summary>After anything that happened: watches what can go on, or ends.</summary>
    private void Settle(Instant now)
    {
        if (_isOver)
        {
            return;
        }

        if (_inputDone && _outputDone)
        {
            End(now, StreamPumpEnd.Finished);
            return;
        }

        bool reads = !_inputDone && !_waitsForRoom;
        bool isWatched = IsSocket
            ? _hub.Watch(_input, this, reads, _waitsForOutput)
            : (_input < 0 || _hub.Watch(_input, this, reads, false)) && (_output < 0 || _hub.Watch(_output, this, false, _waitsForOutput));
        if (!isWatched)
        {
            Reset(now);
        }
    }

    private void End(Instant now, StreamPumpEnd how)
    {
        _isOver = true;
        _hub.Disown(_id);
        Close(withReset: how != StreamPumpEnd.Finished && _options.IsTcp);
        _options.Ended?.Invoke(now, how);
    }

    private void Close(bool withReset)
    {
        if (IsSocket)
        {
            _output = -1;
        }

        if (withReset && _input >= 0 && !_options.KeepsDescriptors)
        {
            _hub.Unwatch(_input);
            Libc.CloseWithReset(_input);
            _input = -1;
        }

        Release(ref _input);
        Release(ref _output);
    }

    private void Release(ref int fd)
    {
        if (fd >= 0)
        {
            _hub.Unwatch(fd);
            if (!_options.KeepsDescriptors)
            {
                _ = Libc.close(fd);
            }
        }

        fd = -1;
    }
}
