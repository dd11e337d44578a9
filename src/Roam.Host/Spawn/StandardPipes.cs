namespace Roam.Host;

/// <summary>A program with a pipe on each of its standard streams: our ends, closed on exec and blocking, and the child to be reaped.</summary>
/// <param name="Input">We write.</param>
/// <param name="Output">We read.</param>
/// <param name="Error">We read.</param>
/// <param name="Pid">Of the child.</param>
internal readonly record struct StandardPipes(int Input, int Output, int Error, int Pid)
{
    private const int Count = 3;

    /// <summary>Finds argv[0] in PATH. False: error is the system's text, and nothing is left open.</summary>
    /// <param name="argv">The program and its words.</param>
    /// <param name="newSession">Without our terminal: no key of it reaches the program, and it can ask nothing there.</param>
    /// <param name="started">Set when true.</param>
    /// <param name="error">Empty when true.</param>
    public static bool TryStart(IReadOnlyList<string> argv, bool newSession, out StandardPipes started, out string error) =>
        TryStart(new SpawnRequest { File = argv[0], SearchPath = true, Arguments = argv, NewSession = newSession }, out started, out error);

    /// <summary>The same for a program that has an environment and a folder of its own.</summary>
    public static bool TryStart(in PtyProgram program, bool newSession, out StandardPipes started, out string error)
    {
        SpawnRequest request = new()
        {
            File = program.File,
            SearchPath = true,
            Arguments = program.Arguments,
            Environment = program.Environment,
            WorkingDirectory = program.WorkingDirectory,
            NewSession = newSession,
        };
        return TryStart(request, out started, out error);
    }

    private static unsafe bool TryStart(SpawnRequest request, out StandardPipes started, out string error)
    {
        started = default;
        int* pipes = stackalloc int[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            if (Libc.pipe2(pipes + (2 * i), Libc.O_CLOEXEC) != 0)
            {
                error = Libc.ErrorText(Libc.Errno);
                Close(new ReadOnlySpan<int>(pipes, 2 * i));
                return false;
            }
        }

        request.Descriptors = new[] { pipes[0], pipes[3], pipes[5] };
        int errno = Spawner.Start(request, out int pid);
        Close([pipes[0], pipes[3], pipes[5]]);
        if (errno != 0)
        {
            error = Libc.ErrorText(errno);
            Close([pipes[1], pipes[2], pipes[4]]);
            return false;
        }

        error = "";
        started = new StandardPipes(pipes[1], pipes[2], pipes[4], pid);
        return true;
    }

    private static void Close(ReadOnlySpan<int> descriptors)
    {
        foreach (int fd in descriptors)
        {
            _ = Libc.close(fd);
        }
    }
}
