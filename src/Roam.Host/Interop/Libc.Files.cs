using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>fcntl.h, unistd.h, poll.h, sys/stat.h.</summary>
internal static unsafe partial class Libc
{
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_NOCTTY = 0x100;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;

    public const int F_GETFD = 1;
    public const int F_SETFD = 2;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int F_DUPFD_CLOEXEC = 1030;
    public const int FD_CLOEXEC = 1;

    public const short POLLIN = 1;
    public const short POLLOUT = 4;
    public const short POLLERR = 8;
    public const short POLLHUP = 16;
    public const short POLLNVAL = 32;

    public const int X_OK = 1;
    public const int R_OK = 4;

    private const long SYS_close_range = 436;
    private const int CLOSE_RANGE_CLOEXEC = 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Revents;
    }

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, int mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int fd, byte* buffer, nint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int fd, byte* buffer, nint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe2(int* fds, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int dup2(int from, int to);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ppoll(PollFd* fds, nuint count, TimeSpec* timeout, SigSet* mask);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint readlink(string path, byte* buffer, nint size);

    [LibraryImport(Library, SetLastError = true)]
    private static partial long syscall(long number, ulong a, ulong b, ulong c);

    /// <summary>
    /// Marks every descriptor from the first on close-on-exec, so that a spawned program gets only those that dup2 hands it. By system call: the wrapper came with
    /// glibc 2.34. A kernel before 5.11 has no such flag: there the first 1,024 descriptors are marked one by one.
    /// </summary>
    public static void MarkCloseOnExecFrom(int first)
    {
        const int DescriptorsMax = 1024;
        if (syscall(SYS_close_range, (ulong)first, uint.MaxValue, CLOSE_RANGE_CLOEXEC) == 0)
        {
            return;
        }

        for (int fd = first; fd < DescriptorsMax; fd++)
        {
            int flags = fcntl(fd, F_GETFD, 0);
            if (flags >= 0)
            {
                _ = fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
            }
        }
    }

    public static void SetNonBlocking(int fd)
    {
        int flags = fcntl(fd, F_GETFL, 0);
        _ = fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    }

    /// <summary>Writes all of it to a blocking descriptor. False: the other end is gone or full.</summary>
    public static bool WriteAll(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            int done = 0;
            while (done < bytes.Length)
            {
                nint n = write(fd, start + done, bytes.Length - done);
                if (n < 0 && Errno == EINTR)
                {
                    continue;
                }

                if (n <= 0)
                {
                    return false;
                }

                done += (int)n;
            }
        }

        return true;
    }

    /// <summary>Reads a whole small file (a configuration file, /proc); what lies beyond the limit is left. Null: not readable.</summary>
    public static byte[]? ReadFile(string path, int bytesMax)
    {
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
        if (fd < 0)
        {
            return null;
        }

        byte[] buffer = new byte[Math.Min(bytesMax, 4096)];
        int length = 0;
        while (length < bytesMax)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(bytesMax, buffer.Length * 2));
            }

            nint n;
            fixed (byte* start = buffer)
            {
                n = read(fd, start + length, buffer.Length - length);
            }

            if (n < 0 && Errno == EINTR)
            {
                continue;
            }

            if (n <= 0)
            {
                length = n < 0 && length == 0 ? -1 : length;
                break;
            }

            length += (int)n;
        }

        _ = close(fd);
        return length < 0 ? null : buffer.AsSpan(0, length).ToArray();
    }
}
