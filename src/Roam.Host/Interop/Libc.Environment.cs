using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>The environment functions of stdlib.h, locale.h and langinfo.h, utmpx.h.</summary>
internal static unsafe partial class Libc
{
    public const int LC_CTYPE = 0;
    public const int CODESET = 14;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* getenv(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int setenv(string name, string value, int overwrite);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unsetenv(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* setlocale(int category, string locale);

    [LibraryImport(Library)]
    public static partial byte* nl_langinfo(int item);

    /// <summary>struct utmpx, up to the fields that are read: what follows them differs between x86-64 and arm64.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct UtmpEntry
    {
        public const int UserBytes = 32;
        public const int HostBytes = 256;

        public short Type;
        public int Pid;
        public fixed byte Line[32];
        public fixed byte Id[4];
        public fixed byte User[UserBytes];
        public fixed byte Host[HostBytes];
    }

    public const short USER_PROCESS = 7;

    [LibraryImport(Library)]
    public static partial void setutxent();

    [LibraryImport(Library)]
    public static partial UtmpEntry* getutxent();

    [LibraryImport(Library)]
    public static partial void endutxent();
}
