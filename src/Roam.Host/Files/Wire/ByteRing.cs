namespace Roam.Host;

/// <summary>Bytes between two threads: one puts in, one takes out, and each waits for the other. Small pieces wait for more, until they are asked to go on.</summary>
internal sealed class ByteRing(int capacity, int capacityMax)
{
    /// <summary>So much goes on without being asked.</summary>
    private const int BatchBytes = 32 * 1024;

    private readonly object _gate = new();
    private byte[] _bytes = new byte[capacity];
    private int _start;
    private int _count;
    private bool _isAsked;
    private bool _isClosed;
    private bool _isBroken;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _count == 0;
            }
        }
    }

    /// <summary>The taker is gone: what is put in is thrown away.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _isBroken;
            }
        }
    }

    /// <summary>Puts all of it in, waiting for room; or, when it may grow, waits only at the largest size. False: the taker is gone.</summary>
    public bool Append(ReadOnlySpan<byte> bytes, bool mayGrow)
    {
        lock (_gate)
        {
            while (!bytes.IsEmpty)
            {
                if (_isBroken)
                {
                    return false;
                }

                if (mayGrow && _count + bytes.Length > _bytes.Length && _bytes.Length < capacityMax)
                {
                    Grow(_count + bytes.Length);
                }

                int end = (_start + _count) % _bytes.Length;
                int room = Math.Min(_bytes.Length - _count, _bytes.Length - end);
                if (room == 0)
                {
                    _isAsked = true;
                    Monitor.PulseAll(_gate);
                    _ = Monitor.Wait(_gate);
                    continue;
                }

                int length = Math.Min(room, bytes.Length);
                bytes[..length].CopyTo(_bytes.AsSpan(end));
                _count += length;
                bytes = bytes[length..];
            }

            if (_count >= BatchBytes)
            {
                Monitor.PulseAll(_gate);
            }

            return true;
        }
    }

    /// <summary>What is in may go, however little it is.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _isAsked = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until little is left of what was put in, but not for ever. False: much is left, or the taker is gone.</summary>
    public bool WaitUntilBelow(int bytes, int millis)
    {
        lock (_gate)
        {
            if (_count > bytes && !_isBroken)
            {
                _isAsked = true;
                Monitor.PulseAll(_gate);
                _ = Monitor.Wait(_gate, millis);
            }

            return _count <= bytes && !_isBroken;
        }
    }

    /// <summary>Nothing comes any more; what is in can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Break()
    {
        lock (_gate)
        {
            _isBroken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Room in one piece, to be filled and then committed; waits for it. Empty: the taker is gone. Not for a ring that grows.</summary>
    public ArraySegment<byte> WaitForRoom()
    {
        lock (_gate)
        {
            while (_count == _bytes.Length && !_isBroken)
            {
                _ = Monitor.Wait(_gate);
            }

            if (_isBroken)
            {
                return default;
            }

            int end = (_start + _count) % _bytes.Length;
            return new ArraySegment<byte>(_bytes, end, Math.Min(_bytes.Length - _count, _bytes.Length - end));
        }
    }

    public void Commit(int length)
    {
        lock (_gate)
        {
            _count += length;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Bytes in one piece, to be used and then consumed; waits for them. Empty: closed, and all was taken.</summary>
    public ArraySegment<byte> WaitForBytes()
    {
        lock (_gate)
        {
            while (!(_count >= BatchBytes || (_count > 0 && (_isAsked || _isClosed))) && !(_isClosed && _count == 0))
            {
                _isAsked &= _count > 0;
                _ = Monitor.Wait(_gate);
            }

            // The array may be replaced by a larger one meanwhile: these bytes stay as they are in the old one.
            return new ArraySegment<byte>(_bytes, _start, Math.Min(_count, _bytes.Length - _start));
        }
    }

    public void Consume(int length)
    {
        lock (_gate)
        {
            _start = (_start + length) % _bytes.Length;
            _count -= length;
            _isAsked &= _count > 0;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes exactly so many, waiting for them. False: they do not come any more.</summary>
    public bool Take(Span<byte> destination)
    {
        lock (_gate)
        {
            while (!destination.IsEmpty)
            {
                if (_count == 0)
                {
                    if (_isClosed)
                    {
                        return false;
                    }

                    _ = Monitor.Wait(_gate);
                    continue;
                }

                int length = Math.Min(Math.Min(_count, _bytes.Length - _start), destination.Length);
                bool wasFull = _count == _bytes.Length;
                _bytes.AsSpan(_start, length).CopyTo(destination);
                destination = destination[length..];
                _start = (_start + length) % _bytes.Length;
                _count -= length;
                if (wasFull)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            return true;
        }
    }

    private void Grow(int needed)
    {
        byte[] larger = new byte[Math.Min(capacityMax, Math.Max(needed, _bytes.Length * 2))];
        int first = Math.Min(_count, _bytes.Length - _start);
        _bytes.AsSpan(_start, first).CopyTo(larger);
        _bytes.AsSpan(0, _count - first).CopyTo(larger.AsSpan(first));
        _bytes = larger;
        _start = 0;
    }
}
