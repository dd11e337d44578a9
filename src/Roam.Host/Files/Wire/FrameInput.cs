using System.Buffers.Binary;

namespace Roam.Host;

/// <summary>Frames from a descriptor, which a thread of its own reads ahead: the disk and the network work at the same time.</summary>
internal sealed unsafe class FrameInput
{
    public const int HeadBytes = 5;

    private readonly int _fd;
    private readonly RatePace? _pace;
    private readonly ByteRing _ring = new(CopyLimits.RingBytes, CopyLimits.RingBytes);
    private readonly byte[] _payload = new byte[CopyLimits.FrameBytesMax];

    public FrameInput(int fd, RatePace? pace = null)
    {
        _fd = fd;
        _pace = pace;
        new Thread(ReadAll) { IsBackground = true, Name = "frames in" }.Start();
    }

    /// <summary>Told of every frame before it is handed out.</summary>
    public Action<FrameType, ReadOnlySpan<byte>>? Watch { get; set; }

    /// <summary>A frame that no peer of ours sends: the stream cannot be read any further.</summary>
    public bool IsViolated { get; private set; }

    /// <summary>Whether the next frame has begun to come.</summary>
    public bool HasMore => !_ring.IsEmpty;

    /// <summary>Waits. False: the stream has ended, or is violated.</summary>
    public bool Next(out FrameType type, out ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        type = FrameType.None;
        payload = default;
        if (IsViolated || !_ring.Take(head))
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(head[1..]);
        if (length > CopyLimits.FrameBytesMax)
        {
            IsViolated = true;
            return false;
        }

        if (!_ring.Take(_payload.AsSpan(0, (int)length)))
        {
            return false;
        }

        type = (FrameType)head[0];
        payload = _payload.AsSpan(0, (int)length);
        Watch?.Invoke(type, payload);
        return true;
    }

    /// <summary>Reads lines until the one that is wanted, or until there is too much else. False: it did not come.</summary>
    public bool SkipTo(ReadOnlySpan<byte> line)
    {
        Span<byte> seen = stackalloc byte[64];
        int length = 0;
        Span<byte> one = stackalloc byte[1];
        for (int i = 0; i < CopyLimits.NoiseBytesMax && _ring.Take(one); i++)
        {
            if (one[0] == (byte)'\n')
            {
                ReadOnlySpan<byte> read = seen[..Math.Min(length, seen.Length)];
                if (read.TrimEnd((byte)'\r').SequenceEqual(line))
                {
                    return true;
                }

                length = 0;
            }
            else
            {
                if (length < seen.Length)
                {
                    seen[length] = one[0];
                }

                length++;
            }
        }

        return false;
    }

    /// <summary>Nobody wants more: the thread ends with its next read.</summary>
    public void Break() => _ring.Break();

    private void ReadAll()
    {
        while (_ring.WaitForRoom() is { Count: > 0 } room)
        {
            nint n;
            fixed (byte* start = room.Array)
            {
                n = Libc.read(_fd, start + room.Offset, room.Count);
            }

            if (n < 0 && Libc.Errno is Libc.EINTR or Libc.EAGAIN)
            {
                Await(_fd, Libc.POLLIN);
                continue;
            }

            if (n <= 0)
            {
                break;
            }

            _pace?.Wait((int)n);
            _ring.Commit((int)n);
        }

        _ring.Close();
    }

    /// <summary>Somebody left the descriptor non-blocking.</summary>
    public static void Await(int fd, short events)
    {
        Libc.PollFd wait = new() { Fd = fd, Events = events };
        _ = Libc.ppoll(&wait, 1, null, null);
    }
}
