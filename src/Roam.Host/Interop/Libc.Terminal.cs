using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>termios.h, sys/ioctl.h.</summary>
internal static unsafe partial class Libc
{
    public const int TCSANOW = 0;
    public const int TCSADRAIN = 1;
    public const int TCIFLUSH = 0;
    public const uint IUTF8 = 0x4000;
    public const uint ICANON = 0x0002;
    public const uint ECHO = 0x0008;
    public const nuint TIOCGWINSZ = 0x5413;
    public const nuint TIOCSWINSZ = 0x5414;

    /// <summary>struct termios of glibc (60 bytes).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Termios
    {
        public uint InputFlags;
        public uint OutputFlags;
        public uint ControlFlags;
        public uint LocalFlags;
        public byte Line;
        public fixed byte ControlChars[32];
        public uint InputSpeed;
        public uint OutputSpeed;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct WinSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort WidthPixels;
        public ushort HeightPixels;
    }

    [LibraryImport(Library, SetLastError = true)]
    public static partial int isatty(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcgetattr(int fd, Termios* termios);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcsetattr(int fd, int actions, Termios* termios);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcflush(int fd, int queue);

    [LibraryImport(Library)]
    public static partial void cfmakeraw(Termios* termios);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ttyname_r(int fd, byte* buffer, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int tcgetpgrp(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ioctl(int fd, nuint request, void* argument);

    /// <summary>False: no terminal, or one that does not know its size.</summary>
    public static bool TryGetWindowSize(int fd, out int width, out int height)
    {
        WinSize size = default;
        bool known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.Columns > 0 && size.Rows > 0;
        width = known ? size.Columns : 80;
        height = known ? size.Rows : 24;
        return known;
    }
}
