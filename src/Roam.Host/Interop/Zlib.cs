using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>
/// zlib.h. In the native binary these symbols bind to the zlib that the SDK links statically (DirectPInvoke); under the JIT the same name loads the distribution's
/// library (docs/adr/0005-zlib.md).
/// </summary>
internal static unsafe partial class Zlib
{
    private const string Library = "libz.so.1";

    public const int Ok = 0;
    public const int StreamEnd = 1;
    public const int Finish = 4;
    public const int Deflated = 8;
    public const int DefaultStrategy = 0;

    /// <summary>z_stream, LP64: 112 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Stream
    {
        public byte* NextIn;
        public uint AvailableIn;
        public nuint TotalIn;
        public byte* NextOut;
        public uint AvailableOut;
        public nuint TotalOut;
        public byte* Message;
        public void* State;
        public void* Alloc;
        public void* Free;
        public void* Opaque;
        public int DataType;
        public nuint Adler;
        public nuint Reserved;
    }

    [LibraryImport(Library)]
    private static partial byte* zlibVersion();

    [LibraryImport(Library)]
    private static partial int deflateInit2_(Stream* stream, int level, int method, int windowBits, int memoryLevel, int strategy, byte* version, int streamSize);

    [LibraryImport(Library)]
    public static partial int deflate(Stream* stream, int flush);

    [LibraryImport(Library)]
    public static partial int deflateReset(Stream* stream);

    [LibraryImport(Library)]
    public static partial int deflateEnd(Stream* stream);

    [LibraryImport(Library)]
    private static partial int inflateInit2_(Stream* stream, int windowBits, byte* version, int streamSize);

    [LibraryImport(Library)]
    public static partial int inflate(Stream* stream, int flush);

    [LibraryImport(Library)]
    public static partial int inflateReset(Stream* stream);

    [LibraryImport(Library)]
    public static partial int inflateEnd(Stream* stream);

    public static int DeflateInit(Stream* stream, int level, int windowBits, int memoryLevel) =>
        deflateInit2_(stream, level, Deflated, windowBits, memoryLevel, DefaultStrategy, zlibVersion(), sizeof(Stream));

    public static int InflateInit(Stream* stream, int windowBits) => inflateInit2_(stream, windowBits, zlibVersion(), sizeof(Stream));
}
