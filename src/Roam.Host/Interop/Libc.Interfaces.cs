using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>ifaddrs.h.</summary>
internal static unsafe partial class Libc
{
    [StructLayout(LayoutKind.Sequential)]
    public struct InterfaceAddress
    {
        public InterfaceAddress* Next;
        public byte* Name;
        public uint Flags;
        public byte* Address;
        public byte* Mask;
        public byte* Broadcast;
        public void* Data;
    }

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getifaddrs(InterfaceAddress** list);

    [LibraryImport(Library)]
    public static partial void freeifaddrs(InterfaceAddress* list);
}
