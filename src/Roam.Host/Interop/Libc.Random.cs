using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>sys/random.h.</summary>
internal static unsafe partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint getrandom(byte* buffer, nuint length, uint flags);
}
