using System.Text;

namespace Roam.Host;

/// <summary>posix_spawn. Managed code must never fork: the runtime's other thread is missing in the child (docs/adr/0009-spawn-and-detach.md).</summary>
internal static unsafe class Spawner
{
    /// <summary>In <see cref="SpawnRequest.Descriptors"/>: the child gets this process's descriptor of the same number.</summary>
    public const int Inherit = -2;

    // Above every number a child is handed, so that one dup2 cannot overwrite the source of a later one.
    private const int FirstSafeDescriptor = 10;

    /// <summary>Returns 0 and the process id, or the error number.</summary>
    public static int Start(in SpawnRequest request, out int pid)
    {
        using NativeVector arguments = NativeVector.Of(request.Arguments);
        using NativeVector environment = NativeVector.Of(request.Environment ?? ProcessEnvironment.Copy());
        Libc.SpawnAttributes attributes;
        Libc.SpawnFileActions actions;
        _ = Libc.posix_spawnattr_init(&attributes);
        _ = Libc.posix_spawn_file_actions_init(&actions);
        SetSignals(request, &attributes);
        List<int> moved = [];
        AddDescriptors(request, &actions, moved);
        Libc.MarkCloseOnExecFrom(3);
        int started;
        int error;
        fixed (byte* file = Encoding.UTF8.GetBytes(request.File + "\0"))
        {
            error = request.SearchPath
                ? Libc.posix_spawnp(&started, file, &actions, &attributes, arguments.Pointers, environment.Pointers)
                : Libc.posix_spawn(&started, file, &actions, &attributes, arguments.Pointers, environment.Pointers);
        }

        _ = Libc.posix_spawnattr_destroy(&attributes);
        _ = Libc.posix_spawn_file_actions_destroy(&actions);
        foreach (int fd in moved)
        {
            _ = Libc.close(fd);
        }

        pid = error == 0 ? started : 0;
        return error;
    }

    /// <summary>
    /// Replaces this process. Signals blocked here would stay blocked and ignored ones ignored: both are set back first. Of the descriptors from 3 on only kept
    /// ones stay open. Returns the error number.
    /// </summary>
    public static int Replace(IReadOnlyList<string> arguments, IReadOnlyList<int> kept)
    {
        using NativeVector vector = NativeVector.Of(arguments);
        using NativeVector environment = NativeVector.Of(ProcessEnvironment.Copy());
        Libc.MarkCloseOnExecFrom(3);
        foreach (int fd in kept)
        {
            _ = Libc.fcntl(fd, Libc.F_SETFD, 0);
        }

        Libc.SigSet none;
        Libc.SigSet before;
        _ = Libc.sigemptyset(&none);
        _ = Libc.pthread_sigmask(Libc.SIG_SETMASK, &none, &before);
        nint pipeHandler = Libc.signal(Libc.SIGPIPE, Libc.SIG_DFL);
        int error;
        fixed (byte* file = Encoding.UTF8.GetBytes(arguments[0] + "\0"))
        {
            _ = Libc.execvpe(file, vector.Pointers, environment.Pointers);
            error = Libc.Errno;
        }

        _ = Libc.signal(Libc.SIGPIPE, pipeHandler);
        _ = Libc.pthread_sigmask(Libc.SIG_SETMASK, &before, null);
        return error;
    }

    private static void SetSignals(in SpawnRequest request, Libc.SpawnAttributes* attributes)
    {
        Libc.SigSet all;
        _ = Libc.sigfillset(&all);
        Libc.SigSet blocked = Libc.SetOf(request.BlockedSignals);
        _ = Libc.posix_spawnattr_setsigdefault(attributes, &all);
        _ = Libc.posix_spawnattr_setsigmask(attributes, &blocked);
        int flags = Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK | (request.NewSession ? Libc.POSIX_SPAWN_SETSID : 0);
        _ = Libc.posix_spawnattr_setflags(attributes, (short)flags);
    }

    private static void AddDescriptors(in SpawnRequest request, Libc.SpawnFileActions* actions, List<int> moved)
    {
        if (request.WorkingDirectory is { } directory)
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(directory + "\0"))
            {
                _ = Libc.posix_spawn_file_actions_addchdir_np(actions, path);
            }
        }

        if (request.Terminal is { } terminal)
        {
            AddOpen(actions, 0, terminal);
            _ = Libc.posix_spawn_file_actions_adddup2(actions, 0, 1);
            _ = Libc.posix_spawn_file_actions_adddup2(actions, 0, 2);
            return;
        }

        for (int target = 0; target < request.Descriptors.Length; target++)
        {
            int fd = request.Descriptors[target];
            if (fd >= 0)
            {
                int safe = Libc.fcntl(fd, Libc.F_DUPFD_CLOEXEC, FirstSafeDescriptor);
                moved.Add(safe);
                _ = Libc.posix_spawn_file_actions_adddup2(actions, safe, target);
            }
            else if (fd != Inherit)
            {
                AddOpen(actions, target, "/dev/null");
            }
        }
    }

    private static void AddOpen(Libc.SpawnFileActions* actions, int target, string file)
    {
        fixed (byte* path = Encoding.UTF8.GetBytes(file + "\0"))
        {
            // The path is copied by glibc (POSIX.1-2017 with TC1 demands it).
            _ = Libc.posix_spawn_file_actions_addopen(actions, target, path, Libc.O_RDWR, 0);
        }
    }
}
