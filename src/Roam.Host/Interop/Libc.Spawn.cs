using System.Runtime.InteropServices;
using Roam.Session;

namespace Roam.Host;

/// <summary>spawn.h, sys/wait.h, sys/resource.h, sys/prctl.h, exec.</summary>
internal static unsafe partial class Libc
{
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;
    public const short POSIX_SPAWN_SETSID = 0x80;
    public const int WNOHANG = 1;
    public const int RLIMIT_CORE = 4;
    public const int PR_SET_NAME = 15;

    /// <summary>posix_spawnattr_t (336 bytes, opaque).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SpawnAttributes
    {
        private fixed ulong _opaque[42];
    }

    /// <summary>posix_spawn_file_actions_t (80 bytes, opaque).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SpawnFileActions
    {
        private fixed ulong _opaque[10];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct RLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    // These return the error number instead of setting errno.
    [LibraryImport(Library)]
    public static partial int posix_spawnattr_init(SpawnAttributes* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_destroy(SpawnAttributes* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setflags(SpawnAttributes* attributes, short flags);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigdefault(SpawnAttributes* attributes, SigSet* set);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigmask(SpawnAttributes* attributes, SigSet* set);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_init(SpawnFileActions* actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_destroy(SpawnFileActions* actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addopen(SpawnFileActions* actions, int fd, byte* path, int flags, uint mode);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_adddup2(SpawnFileActions* actions, int fd, int newFd);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addchdir_np(SpawnFileActions* actions, byte* path);

    [LibraryImport(Library)]
    public static partial int posix_spawn(int* pid, byte* path, SpawnFileActions* actions, SpawnAttributes* attributes, byte** argv, byte** environment);

    [LibraryImport(Library)]
    public static partial int posix_spawnp(int* pid, byte* file, SpawnFileActions* actions, SpawnAttributes* attributes, byte** argv, byte** environment);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int execvpe(byte* file, byte** argv, byte** environment);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(Library)]
    public static partial int getpid();

    [LibraryImport(Library)]
    public static partial uint getuid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrlimit(int resource, RLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, RLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    /// <summary>A status of waitpid.</summary>
    public static ProgramEnd EndOf(int status) => (status & 0x7F) == 0 ? ProgramEnd.Exited(status >> 8) : ProgramEnd.Killed(status & 0x7F);

    /// <summary>Exit code, or 128 + the number of the signal that ended it, as a shell counts.</summary>
    public static int ExitCodeOf(int status) => (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
}
