using System.Buffers.Binary;

namespace Roam.Host;

/// <summary>
/// Datagrams on a reliable byte stream (docs/protocol.md, section 8): a length of two bytes in network order, then the datagram. Two descriptors, or one twice; never blocks and
/// never waits. The descriptors stay the caller's.
/// </summary>
public sealed unsafe class FrameStream
{
    /// <summary>A longer one is no datagram of a session (<see cref="Transport.SspLimits.ReceiveBytesMax"/>): the stream is broken.</summary>
    public const int DatagramBytesMax = Transport.SspLimits.ReceiveBytesMax;

    /// <summary>What waits for a reader that is slow; then the newest datagram is dropped, as a full socket would.</summary>
    public const int QueueBytesMax = 256 * 1024;

    private const int HeaderBytes = 2;
    private const int ReadBytesMax = 32 * 1024;
    private const int FirstQueueBytes = 8 * 1024;

    private readonly int _inputFd;
    private readonly int _outputFd;
    private readonly byte[] _read = new byte[ReadBytesMax];
    private int _readStart;
    private int _readEnd;
    private byte[] _queue = new byte[FirstQueueBytes];
    private int _queueStart;
    private int _queueEnd;

    /// <param name="inputFd">Frames come from there.</param>
    /// <param name="outputFd">Frames go there.</param>
    public FrameStream(int inputFd, int outputFd)
    {
        _inputFd = inputFd;
        _outputFd = outputFd;
        Libc.SetNonBlocking(inputFd);
        Libc.SetNonBlocking(outputFd);
    }

    /// <summary>Nothing more will come or go: the other end is gone, or what came was no frame.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Something waits for the descriptor to take it: ask poll(2) for POLLOUT.</summary>
    public bool WantsWrite => _queueStart != _queueEnd && !IsOver;

    /// <summary>All that ever came.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes read behind the answer to a question, before the stream became one of frames.</summary>
    public void Preload(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, ReadBytesMax - _readEnd)];
        bytes.CopyTo(_read.AsSpan(_readEnd));
        _readEnd += bytes.Length;
    }

    /// <summary>The next whole datagram; false: none is here now. The destination holds at least <see cref="DatagramBytesMax"/>.</summary>
    public bool TryReceive(Span<byte> destination, out int length)
    {
        while (!TryTake(destination, out length))
        {
            if (IsOver || !TryRead())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a datagram to be written. False: there was no room, or nobody reads any more, and it is dropped.</summary>
    public bool TrySend(ReadOnlySpan<byte> datagram)
    {
        int bytes = HeaderBytes + datagram.Length;
        if (IsOver || datagram.IsEmpty || datagram.Length > DatagramBytesMax || _queueEnd - _queueStart + bytes > QueueBytesMax)
        {
            return false;
        }

        Reserve(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(_queue.AsSpan(_queueEnd), (ushort)datagram.Length);
        datagram.CopyTo(_queue.AsSpan(_queueEnd + HeaderBytes));
        _queueEnd += bytes;
        return true;
    }

    /// <summary>Writes what the descriptor takes. To be called once a turn, and when poll(2) says that there is room again.</summary>
    public void Flush()
    {
        while (WantsWrite)
        {
            nint n;
            fixed (byte* bytes = _queue)
            {
                n = Libc.write(_outputFd, bytes + _queueStart, _queueEnd - _queueStart);
            }

            if (n < 0)
            {
                IsOver = Libc.Errno is not (Libc.EAGAIN or Libc.EINTR);
                if (Libc.Errno != Libc.EINTR)
                {
                    return;
                }

                continue;
            }

            _queueStart += (int)n;
        }

        _queueStart = _queueEnd = 0;
    }

    private bool TryTake(Span<byte> destination, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> waiting = _read.AsSpan(_readStart, _readEnd - _readStart);
        if (waiting.Length < HeaderBytes)
        {
            return false;
        }

        int announced = BinaryPrimitives.ReadUInt16BigEndian(waiting);
        if (announced is 0 or > DatagramBytesMax)
        {
            IsOver = true;
            return false;
        }

        if (waiting.Length < HeaderBytes + announced)
        {
            return false;
        }

        waiting.Slice(HeaderBytes, announced).CopyTo(destination);
        _readStart += HeaderBytes + announced;
        length = announced;
        return true;
    }

    private bool TryRead()
    {
        _read.AsSpan(_readStart, _readEnd - _readStart).CopyTo(_read);
        _readEnd -= _readStart;
        _readStart = 0;
        nint n;
        do
        {
            fixed (byte* bytes = _read)
            {
                n = Libc.read(_inputFd, bytes + _readEnd, ReadBytesMax - _readEnd);
            }
        }
        while (n < 0 && Libc.Errno == Libc.EINTR);

        IsOver |= n == 0 || (n < 0 && Libc.Errno != Libc.EAGAIN);
        _readEnd += (int)Math.Max(n, 0);
        BytesRead += Math.Max(n, 0);
        return n > 0;
    }

    private void Reserve(int bytes)
    {
        if (_queueEnd + bytes <= _queue.Length)
        {
            return;
        }

        int waiting = _queueEnd - _queueStart;
        byte[] target = waiting + bytes <= _queue.Length ? _queue : new byte[Math.Min(Math.Max(_queue.Length * 2, waiting + bytes), QueueBytesMax)];
        _queue.AsSpan(_queueStart, waiting).CopyTo(target);
        _queue = target;
        _queueStart = 0;
        _queueEnd = waiting;
    }
}
