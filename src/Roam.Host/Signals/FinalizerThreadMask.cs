using System.Runtime.CompilerServices;

namespace Roam.Host;

/// <summary>
/// Blocks signals on the runtime's finalizer thread. That thread exists before Main and has inherited an unblocked mask; a signal that one thread leaves unblocked
/// is delivered there with its default action instead of arriving at the signalfd. A finalizer is the one way to run code on that thread
/// (docs/adr/0008-signalfd.md; SignalTests keeps it honest).
/// </summary>
internal sealed unsafe class FinalizerThreadMask
{
    private readonly Libc.SigSet _set;

    private FinalizerThreadMask(Libc.SigSet set) => _set = set;

    ~FinalizerThreadMask()
    {
        Libc.SigSet set = _set;
        _ = Libc.pthread_sigmask(Libc.SIG_BLOCK, &set, null);
    }

    public static void Block(Libc.SigSet set)
    {
        Make(set);
        GC.Collect(0);
        GC.WaitForPendingFinalizers();
    }

    // Not inlined, so that no register of the caller keeps the object alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(Libc.SigSet set) => _ = new FinalizerThreadMask(set);
}
