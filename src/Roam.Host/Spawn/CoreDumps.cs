namespace Roam.Host;

/// <summary>RLIMIT_CORE: a core file would hold the session's key and everything typed.</summary>
internal static unsafe class CoreDumps
{
    private static Libc.RLimit _found;
    private static bool _disabled;

    /// <summary>Only the soft limit: a child may have it back.</summary>
    public static void Disable()
    {
        Libc.RLimit limit;
        if (_disabled || Libc.getrlimit(Libc.RLIMIT_CORE, &limit) != 0)
        {
            return;
        }

        _found = limit;
        _disabled = true;
        limit.Soft = 0;
        _ = Libc.setrlimit(Libc.RLIMIT_CORE, &limit);
    }

    /// <summary>The limit as it was found, for the moment of a spawn: the child inherits it. posix_spawn returns once the program runs, then <see cref="Disable"/> again.</summary>
    public static void Restore()
    {
        if (_disabled)
        {
            Libc.RLimit limit = _found;
            _ = Libc.setrlimit(Libc.RLIMIT_CORE, &limit);
            _disabled = false;
        }
    }
}
