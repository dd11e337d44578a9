using System.Buffers;

namespace Roam.Host;

/// <summary>
/// Bytes on their way to the user's terminal. A frame is written into it, then as much as the terminal takes is passed on; while anything is left no new frame may be
/// painted (<see cref="IsEmpty"/>), so a slow terminal skips frames instead of queueing them, and the loop never waits for it.
/// </summary>
internal sealed unsafe class TtyOutput(int fd, bool nonBlocking) : IBufferWriter<byte>
{
    // One frame of a 500x200 window with a colour change at every cell is about 4 MB; more than that is dropped and the screen must be painted anew.
    public const int PendingBytesMax = 8 * 1024 * 1024;

    // Kept between frames; a larger buffer is given back once it is empty.
    private const int RetainedBytesMax = 64 * 1024;
    private const int InitialBytes = 4 * 1024;

    // A blocking terminal that poll calls writable takes this much without waiting (the tty layer's WAKEUP_CHARS).
    private const int BlockingWriteBytesMax = 256;

    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;

    public int Fd => fd;

    public bool IsEmpty => _start == _end;

    /// <summary>True when a frame was too large: all of it is dropped, and the next one must repaint everything. Cleared by <see cref="ClearOverflow"/>.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>The terminal is gone (EIO, EPIPE): nothing more can be written.</summary>
    public bool IsBroken { get; private set; }

    public void ClearOverflow() => Overflowed = false;

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_end);
    }

    /// <summary>Writes until the terminal takes no more. On a blocking terminal only one small piece, and only right after poll said that it is writable.</summary>
    public void Flush()
    {
        if (Overflowed)
        {
            Clear();
        }

        while (!IsEmpty)
        {
            int wanted = nonBlocking ? _end - _start : Math.Min(_end - _start, BlockingWriteBytesMax);
            nint n;
            fixed (byte* start = _buffer)
            {
                n = Libc.write(fd, start + _start, wanted);
            }

            if (n < 0 && Libc.Errno == Libc.EINTR)
            {
                continue;
            }

            if (n < 0 && Libc.Errno != Libc.EAGAIN)
            {
                IsBroken = true;
                Clear();
                return;
            }

            _start += (int)Math.Max(n, 0);
            if (n < wanted || !nonBlocking)
            {
                break;
            }
        }

        if (IsEmpty)
        {
            Clear();
        }
    }

    private void Clear()
    {
        _start = 0;
        _end = 0;
        if (_buffer.Length > RetainedBytesMax)
        {
            _buffer = new byte[InitialBytes];
        }
    }

    private void Reserve(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (_buffer.Length - _end >= wanted)
        {
            return;
        }

        if (_end + wanted > PendingBytesMax)
        {
            Overflowed = true;
            _start = 0;
            _end = 0;
            if (_buffer.Length >= wanted)
            {
                return;
            }
        }

        Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + wanted));
    }
}
