using System.Buffers.Binary;

namespace Roam.Host;

/// <summary>Frames to a descriptor, which a thread of its own writes.</summary>
internal sealed unsafe class FrameOutput
{
    private readonly int _fd;
    private readonly RatePace? _pace;
    private readonly ByteRing _ring = new(CopyLimits.RingBytes, CopyLimits.RingBytesMax);
    private readonly object _frameGate = new();
    private readonly Thread _thread;

    public FrameOutput(int fd, RatePace? pace = null)
    {
        _fd = fd;
        _pace = pace;
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "frames out" };
        _thread.Start();
    }

    /// <summary>Told of every frame.</summary>
    public Action<FrameType, ReadOnlySpan<byte>>? Watch { get; set; }

    /// <summary>The peer reads no more: frames are thrown away.</summary>
    public bool IsBroken => _ring.IsBroken;

    /// <summary>Waits for room; with mayGrow only when very much waits already.</summary>
    public void Send(FrameType type, ReadOnlySpan<byte> payload, bool mayGrow = false) => Send(type, payload, default, mayGrow);

    /// <summary>A payload in two pieces.</summary>
    public void Send(FrameType type, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool mayGrow = false)
    {
        Span<byte> head = stackalloc byte[FrameInput.HeadBytes];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], first.Length + second.Length);
        lock (_frameGate)
        {
            _ = _ring.Append(head, mayGrow) && _ring.Append(first, mayGrow) && _ring.Append(second, mayGrow);
        }

        Watch?.Invoke(type, first);
    }

    /// <summary>Bytes before the first frame.</summary>
    public void SendLine(ReadOnlySpan<byte> line)
    {
        _ = _ring.Append(line, mayGrow: false);
        _ring.Flush();
    }

    public void Flush() => _ring.Flush();

    /// <summary>Waits until what was sent is nearly gone, so that a bystander's frames never fill the ring. False: it is not yet, or the peer is gone.</summary>
    public bool WaitUntilBelow(int bytes, int millis) => _ring.WaitUntilBelow(bytes, millis);

    /// <summary>Writes what is left and ends the thread. The descriptor stays open.</summary>
    public void Finish()
    {
        _ring.Close();
        _thread.Join();
    }

    private void WriteAll()
    {
        while (_ring.WaitForBytes() is { Count: > 0 } bytes)
        {
            // In pieces of a pipe's size: a pace is even, and room is given back soon.
            int length = Math.Min(bytes.Count, 64 * 1024);
            _pace?.Wait(length);
            nint n;
            fixed (byte* start = bytes.Array)
            {
                n = Libc.write(_fd, start + bytes.Offset, length);
            }

            if (n < 0 && Libc.Errno is Libc.EINTR or Libc.EAGAIN)
            {
                FrameInput.Await(_fd, Libc.POLLOUT);
                continue;
            }

            if (n <= 0)
            {
                _ring.Break();
                return;
            }

            _ring.Consume((int)n);
        }
    }
}
