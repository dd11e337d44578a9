using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>
/// fcntl.h, sys/stat.h, dirent.h, unistd.h for files by directory descriptor and name. Names are bytes here: a file's name need not be UTF-8. struct stat differs between
/// machines, so statx(2) is used, by number: its wrapper came with glibc 2.28.
/// </summary>
internal static unsafe partial class Libc
{
    public const int EBADF = 9;
    public const int EEXIST = 17;
    public const int EXDEV = 18;
    public const int EISDIR = 21;
    public const int EFBIG = 27;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int ENAMETOOLONG = 36;
    public const int ENOSYS = 38;
    public const int ENOTEMPTY = 39;
    public const int ELOOP = 40;
    public const int EOPNOTSUPP = 95;
    public const int ESTALE = 116;
    public const int EDQUOT = 122;

    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_PATH = 0x200000;

    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_REMOVEDIR = 0x200;
    public const int AT_EMPTY_PATH = 0x1000;

    public const int SEEK_DATA = 3;
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int FALLOC_FL_KEEP_SIZE = 1;
    public const int FALLOC_FL_PUNCH_HOLE = 2;
    public const int PathBytesMax = 4096;

    private const uint STATX_BASIC_STATS = 0x7FF;

    /// <summary>These two have other numbers on arm64 (asm/fcntl.h).</summary>
    public static int O_DIRECTORY => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    public static int O_NOFOLLOW => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    private static long SYS_statx => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332;

    [StructLayout(LayoutKind.Sequential)]
    public struct StatxTime
    {
        public long Seconds;
        public uint Nanos;
        private int _reserved;
    }

    /// <summary>struct statx (256 bytes).</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    public struct Statx
    {
        public uint Mask;
        public uint BlockSize;
        public ulong Attributes;
        public uint Links;
        public uint UserId;
        public uint GroupId;
        public ushort Mode;
        private ushort _spare;
        public ulong Inode;
        public ulong Size;
        public ulong Blocks;
        public ulong AttributesMask;
        public StatxTime Accessed;
        public StatxTime Born;
        public StatxTime Changed;
        public StatxTime Modified;
        public uint SpecialMajor;
        public uint SpecialMinor;
        public uint DeviceMajor;
        public uint DeviceMinor;
    }

    /// <summary>The head of struct dirent on 64-bit machines; the name follows and ends with a zero.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct DirectoryEntry
    {
        public ulong Inode;
        public long Offset;
        public ushort RecordBytes;
        public byte Type;
        public byte NameStart;
    }

    [LibraryImport(Library, SetLastError = true)]
    private static partial long syscall(long number, long a, byte* b, long c, long d, void* e);

    public static int statx(int directory, byte* path, int flags, Statx* result) => (int)syscall(SYS_statx, directory, path, flags, STATX_BASIC_STATS, result);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int openat(int directory, byte* path, int flags, int mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mkdirat(int directory, byte* path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int unlinkat(int directory, byte* path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int renameat(int fromDirectory, byte* from, int toDirectory, byte* to);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int symlinkat(byte* target, int directory, byte* path);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint readlinkat(int directory, byte* path, byte* buffer, nint size);

    [LibraryImport(Library, SetLastError = true)]
    public static partial byte* realpath(byte* path, byte* resolved);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint pread(int fd, byte* buffer, nint count, long offset);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint pwrite(int fd, byte* buffer, nint count, long offset);

    [LibraryImport(Library, SetLastError = true)]
    public static partial long lseek(int fd, long offset, int whence);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fallocate(int fd, int mode, long offset, long length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fsync(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int syncfs(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int flock(int fd, int operation);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchmod(int fd, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchown(int fd, uint user, uint group);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int futimens(int fd, TimeSpec* times);

    [LibraryImport(Library)]
    public static partial uint umask(uint mask);

    [LibraryImport(Library)]
    public static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint fdopendir(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial DirectoryEntry* readdir(nint directory);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int closedir(nint directory);
}
