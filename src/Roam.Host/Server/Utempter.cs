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

    // Changes of entry come 30 s apart at least, so one may be running, or two at the end. An older one is forgotten, and init collects it.
    private const int RunningMax = 4;

    private readonly string? _program;
    private readonly List<int> _running = [];

    public Utempter()
        : this(Programs.FirstOrDefault(path => Libc.access(path, Libc.X_OK) == 0))
    {
    }

    public Utempter(string? program) => _program = program;

    public bool IsAvailable => _program != null;

    public void Add(int ptyFd, string host) => Run(ptyFd, ["utempter", "add", host]);

    public void Delete(int ptyFd) => Run(ptyFd, ["utempter", "del"]);

    /// <summary>Collects those that have ended (SIGCHLD).</summary>
    public void Reap()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            int status;
            if (Libc.waitpid(_running[i], &status, Libc.WNOHANG) != 0)
            {
                _running.RemoveAt(i);
            }
        }
    }

    private void Run(int ptyFd, string[] arguments)
    {
        if (_program == null || ptyFd < 0 || _running.Count >= RunningMax)
        {
            return;
        }

        SpawnRequest request = new() { File = _program, Arguments = arguments, Descriptors = [ptyFd, ptyFd, -1] };
        if (Spawner.Start(request, out int pid) == 0)
        {
            _running.Add(pid);
        }
    }
}
