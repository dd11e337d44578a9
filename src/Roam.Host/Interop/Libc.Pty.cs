using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>The pseudo-terminal functions of stdlib.h.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial int posix_openpt(int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int grantpt(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int unlockpt(int fd);

    /// <summary>Returns the error number.</summary>
    [LibraryImport(Library)]
    public static partial int ptsname_r(int fd, byte* buffer, nuint length);
}
