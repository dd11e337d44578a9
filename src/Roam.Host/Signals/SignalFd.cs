namespace Roam.Host;

/// <summary>Signals as readable bytes (signalfd(2)): they are blocked for the whole process and read in the loop, so no code ever runs inside a handler.</summary>
internal sealed unsafe class SignalFd : IDisposable
{
    // struct signalfd_siginfo; ssi_signo is its first field.
    private const int InfoBytes = 128;

    private SignalFd(int fd) => Fd = fd;

    public int Fd { get; private set; }

    /// <summary>Blocks the signals on the calling thread (threads made later inherit that) and on the finalizer thread, and opens the descriptor.</summary>
    public static SignalFd Open(ReadOnlySpan<int> signals)
    {
        Libc.SigSet set = Libc.SetOf(signals);
        Libc.SigSet before;
        _ = Libc.pthread_sigmask(Libc.SIG_BLOCK, &set, &before);

        // A process that was started with the mask set has it on every thread already: the detached server.
        bool inherited = true;
        foreach (int signal in signals)
        {
            inherited &= Libc.sigismember(&before, signal) == 1;
        }

        if (!inherited)
        {
            FinalizerThreadMask.Block(set);
        }

        int fd = Libc.signalfd(-1, &set, Libc.SFD_CLOEXEC | Libc.SFD_NONBLOCK);
        if (fd < 0)
        {
            throw new InvalidOperationException("signalfd: " + Libc.ErrorText(Libc.Errno));
        }

        return new SignalFd(fd);
    }

    /// <summary>False: no signal is waiting.</summary>
    public bool TryRead(out int signal)
    {
        byte* info = stackalloc byte[InfoBytes];
        signal = 0;
        if (Libc.read(Fd, info, InfoBytes) != InfoBytes)
        {
            return false;
        }

        signal = *(int*)info;
        return true;
    }

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }
}
