using System.Runtime.InteropServices;

namespace Roam.Lab;

/// <summary>What must not outlive this process (namespaces, processes, folders), given back on every way out that can be caught: the end, an exception, SIGINT, SIGTERM, SIGHUP.</summary>
internal static class Leftovers
{
    private static readonly Lock Gate = new();
    private static readonly Stack<Action> Undo = new();
    private static readonly List<PosixSignalRegistration> Signals = [];
    private static volatile bool _ending;

    /// <summary>The newest is undone first. An action must bear being called when its work is done already.</summary>
    public static void Add(Action undo)
    {
        if (_ending)
        {
            // A signal has come and another thread is undoing things: whoever wants to make more of them waits for the process to end.
            Thread.Sleep(Timeout.Infinite);
        }

        lock (Gate)
        {
            if (Signals.Count == 0)
            {
                foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
                {
                    Signals.Add(PosixSignalRegistration.Create(signal, ExitBySignal));
                }

                AppDomain.CurrentDomain.ProcessExit += (_, _) => UndoAll();
                AppDomain.CurrentDomain.UnhandledException += (_, _) => UndoAll();
            }

            Undo.Push(undo);
        }
    }

    private static void ExitBySignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Environment.Exit(context.Signal switch { PosixSignal.SIGINT => 130, PosixSignal.SIGTERM => 143, _ => 129 });
    }

    private static void UndoAll()
    {
        _ending = true;
        lock (Gate)
        {
            while (Undo.TryPop(out Action? undo))
            {
                undo();
            }
        }
    }
}
