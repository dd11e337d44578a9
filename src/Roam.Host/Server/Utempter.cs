namespace Roam.Host;

/// <summary>
/// Entries in utmp through the system's own set-group-id program (libutempter): "utempter add HOST" and "utempter del", with the pty's master as its standard input
/// and output. A system without it gets no entries.
/// </summary>
internal sealed unsafe class Utempter
{
    private static readonly string[] Programs =
    [
        "/usr/lib/x86_64-linux-gnu/utempter/utempter",
        "/usr/lib/aarch64-linux-gnu/utempter/utempter",
        "/usr/lib/utempter/utempter",
        "/usr/libexec/utempter/utempter",
        "/usr/lib64/utempter/utempter",
    ];

    private readonly string? _program;
    private int _runningPid;
    private string? _waitingHost;

    public Utempter()
        : this(Programs.FirstOrDefault(path => Libc.access(path, Libc.X_OK) == 0))
    {
    }

    public Utempter(string? program) => _program = program;

    public bool IsAvailable => _program != null;

    /// <summary>Sets the entry's host. While an earlier call of the program still runs only the newest host is kept, and follows when that has ended.</summary>
    public void Add(int ptyFd, string host)
    {
        _waitingHost = host;
        StartWaiting(ptyFd);
    }

    /// <summary>Removes the entry, after whatever still runs: at the end of a session there is time to wait for it.</summary>
    public void Delete(int ptyFd)
    {
        _waitingHost = null;
        if (_runningPid > 0)
        {
            int status;
            _ = Libc.waitpid(_runningPid, &status, 0);
        }

        Run(ptyFd, ["utempter", "del"]);
    }

    /// <summary>Collects the program if it has ended (SIGCHLD).</summary>
    public void Reap(int ptyFd)
    {
        int status;
        if (_runningPid > 0 && Libc.waitpid(_runningPid, &status, Libc.WNOHANG) != 0)
        {
            _runningPid = 0;
            StartWaiting(ptyFd);
        }
    }

    private void StartWaiting(int ptyFd)
    {
        if (_runningPid == 0 && _waitingHost is { } host)
        {
            _waitingHost = null;
            Run(ptyFd, ["utempter", "add", host]);
        }
    }

    private void Run(int ptyFd, string[] arguments)
    {
        if (_program == null || ptyFd < 0)
        {
            return;
        }

        SpawnRequest request = new() { File = _program, Arguments = arguments, Descriptors = [ptyFd, ptyFd, -1] };
        _runningPid = Spawner.Start(request, out int pid) == 0 ? pid : 0;
    }
}
