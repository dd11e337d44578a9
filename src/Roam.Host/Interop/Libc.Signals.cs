using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>signal.h, sys/signalfd.h.</summary>
internal static unsafe partial class Libc
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGKILL = 9;
    public const int SIGUSR1 = 10;
    public const int SIGUSR2 = 12;
    public const int SIGPIPE = 13;
    public const int SIGALRM = 14;
    public const int SIGTERM = 15;
    public const int SIGCHLD = 17;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;
    public const int SIGTSTP = 20;
    public const int SIGWINCH = 28;

    public const int SIG_BLOCK = 0;
    public const int SIG_UNBLOCK = 1;
    public const int SIG_SETMASK = 2;
    public const int SFD_CLOEXEC = O_CLOEXEC;
    public const int SFD_NONBLOCK = O_NONBLOCK;

    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;

    /// <summary>sigset_t of glibc: 1,024 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SigSet
    {
        public fixed ulong Bits[16];
    }

    [LibraryImport(Library)]
    public static partial int sigemptyset(SigSet* set);

    [LibraryImport(Library)]
    public static partial int sigfillset(SigSet* set);

    [LibraryImport(Library)]
    public static partial int sigaddset(SigSet* set, int signal);

    [LibraryImport(Library)]
    public static partial int sigismember(SigSet* set, int signal);

    /// <summary>Returns the error number, unlike most.</summary>
    [LibraryImport(Library)]
    public static partial int pthread_sigmask(int how, SigSet* set, SigSet* old);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int signalfd(int fd, SigSet* mask, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint signal(int signal, nint handler);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    public static SigSet SetOf(ReadOnlySpan<int> signals)
    {
        SigSet set;
        _ = sigemptyset(&set);
        foreach (int signal in signals)
        {
            _ = sigaddset(&set, signal);
        }

        return set;
    }
}
