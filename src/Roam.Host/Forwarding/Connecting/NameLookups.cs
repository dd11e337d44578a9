using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// getaddrinfo(3) off the loop: it may take half a minute where a name server does not answer, and has no other form. A few threads ask; each ends when nothing waits. The loop hears of
/// answers through a pipe. Signals are blocked on these threads as on the one that starts them.
/// </summary>
internal sealed unsafe class NameLookups(StreamHub hub) : IDescriptorOwner, IDisposable
{
    /// <summary>glibc's resolver and its modules use some tens of kilobytes.</summary>
    private const int StackBytes = 512 * 1024;

    private const int WakeBytesMax = 64;

    /// <summary>Guards all that follows.</summary>
    private readonly object _lock = new();
    private readonly Queue<NameLookup> _waiting = new();
    private readonly Queue<NameLookup> _done = new();
    private int _threads;
    private int _wakeWrite = -1;
    private bool _isClosed;

    private int _wakeRead = -1;

    /// <summary>The owner is told in a later turn, never within the call. Null: there are too many questions, or no descriptor to hear of the answer.</summary>
    public NameLookup? TryAsk(string host, int port, ILookupOwner owner)
    {
        if (_wakeRead < 0 && !TryOpenPipe())
        {
            return null;
        }

        NameLookup lookup = new(host, port, owner);
        bool needsThread;
        lock (_lock)
        {
            if (_waiting.Count >= ForwardLimits.LookupsWaitingMax)
            {
                return null;
            }

            _waiting.Enqueue(lookup);
            needsThread = _threads < ForwardLimits.LookupThreadsMax;
            _threads += needsThread ? 1 : 0;
        }

        if (needsThread)
        {
            Thread thread = new(Work, StackBytes) { IsBackground = true };
            thread.Start();
        }

        return lookup;
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        byte* wake = stackalloc byte[WakeBytesMax];
        _ = Libc.read(_wakeRead, wake, WakeBytesMax);
        while (true)
        {
            NameLookup? lookup;
            lock (_lock)
            {
                _ = _done.TryDequeue(out lookup);
            }

            if (lookup is null)
            {
                return;
            }

            if (!lookup.IsCancelled)
            {
                lookup.Owner.Take(now, lookup);
            }
        }
    }

    /// <summary>Threads that still ask end by themselves.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _waiting.Clear();
            if (_wakeWrite >= 0)
            {
                _ = Libc.close(_wakeWrite);
                _wakeWrite = -1;
            }
        }

        if (_wakeRead >= 0)
        {
            hub.Unwatch(_wakeRead);
            _ = Libc.close(_wakeRead);
            _wakeRead = -1;
        }
    }

    private bool TryOpenPipe()
    {
        int* ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC | Libc.O_NONBLOCK) != 0)
        {
            return false;
        }

        (_wakeRead, _wakeWrite) = (ends[0], ends[1]);
        return hub.Watch(_wakeRead, this, read: true, write: false);
    }

    private void Work()
    {
        while (true)
        {
            NameLookup? lookup;
            lock (_lock)
            {
                if (_isClosed || !_waiting.TryDequeue(out lookup))
                {
                    _threads--;
                    return;
                }
            }

            lookup.Run();
            lock (_lock)
            {
                _done.Enqueue(lookup);
                Wake();
            }
        }
    }

    /// <summary>A full pipe wakes as well.</summary>
    private void Wake()
    {
        byte one = 1;
        if (_wakeWrite >= 0)
        {
            _ = Libc.write(_wakeWrite, &one, 1);
        }
    }
}
