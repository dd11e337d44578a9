using System.Runtime.InteropServices;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// zlib through its own API. The two streams are made at the first use and reset for every message, so a call allocates nothing.
/// zlib keeps a pointer from its state back to the z_stream, so both live in native memory, where nothing moves them.
/// </summary>
public sealed unsafe class ZlibCompressor : ICompressor, IDisposable
{
    // Level 6, a 4-KB window and memory level 5: the size of the result is that of zlib's defaults for messages of this kind, at 30 KB of state instead of 268
    // (docs/adr/0005-zlib.md).
    private const int Level = 6;
    private const int DeflateWindowBits = 12;
    private const int MemoryLevel = 5;

    // A peer may use any window: inflate takes the largest, which zlib allocates only when a message does not fit the output at once; here it always does.
    private const int InflateWindowBits = 15;

    private Zlib.Stream* _deflate;
    private Zlib.Stream* _inflate;

    ~ZlibCompressor() => Free();

    public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (_deflate == null)
        {
            _deflate = NewStream();
            Check(Zlib.DeflateInit(_deflate, Level, DeflateWindowBits, MemoryLevel));
        }
        else
        {
            Check(Zlib.deflateReset(_deflate));
        }

        fixed (byte* input = source, output = destination)
        {
            byte none = 0;
            Point(_deflate, input == null ? &none : input, source.Length, output == null ? &none : output, destination.Length);
            int status = Zlib.deflate(_deflate, Zlib.Finish);
            return status == Zlib.StreamEnd ? destination.Length - (int)_deflate->AvailableOut : -1;
        }
    }

    public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (_inflate == null)
        {
            _inflate = NewStream();
            Check(Zlib.InflateInit(_inflate, InflateWindowBits));
        }
        else
        {
            Check(Zlib.inflateReset(_inflate));
        }

        fixed (byte* input = source, output = destination)
        {
            byte none = 0;
            Point(_inflate, input == null ? &none : input, source.Length, output == null ? &none : output, destination.Length);
            int status = Zlib.inflate(_inflate, Zlib.Finish);

            // Bytes behind the end of the stream are no part of any message an honest sender makes.
            return status == Zlib.StreamEnd && _inflate->AvailableIn == 0 ? destination.Length - (int)_inflate->AvailableOut : -1;
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static Zlib.Stream* NewStream() => (Zlib.Stream*)NativeMemory.AllocZeroed((nuint)sizeof(Zlib.Stream));

    private static void Point(Zlib.Stream* stream, byte* input, int inputLength, byte* output, int outputLength)
    {
        stream->NextIn = input;
        stream->AvailableIn = (uint)inputLength;
        stream->NextOut = output;
        stream->AvailableOut = (uint)outputLength;
    }

    private static void Check(int status)
    {
        if (status != Zlib.Ok)
        {
            throw new InvalidOperationException("zlib cannot be set up, status " + status);
        }
    }

    private void Free()
    {
        if (_deflate != null)
        {
            _ = Zlib.deflateEnd(_deflate);
            NativeMemory.Free(_deflate);
            _deflate = null;
        }

        if (_inflate != null)
        {
            _ = Zlib.inflateEnd(_inflate);
            NativeMemory.Free(_inflate);
            _inflate = null;
        }
    }
}
