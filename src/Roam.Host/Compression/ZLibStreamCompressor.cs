using System.IO.Compression;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The class library's zlib behind the same interface: the second implementation that the tests compare, and the way out should the SDK stop linking zlib.</summary>
internal sealed class ZLibStreamCompressor : ICompressor
{
    /// <summary>RFC 1950 and 1951: header, one empty block, checksum 1. ZLibStream writes nothing at all when it was given nothing.</summary>
    private static ReadOnlySpan<byte> EmptyMessage => [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];

    public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty)
        {
            return EmptyMessage.TryCopyTo(destination) ? EmptyMessage.Length : -1;
        }

        using MemoryStream output = new();
        using (ZLibStream zlib = new(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(source);
        }

        if (output.Length > destination.Length)
        {
            return -1;
        }

        output.GetBuffer().AsSpan(0, (int)output.Length).CopyTo(destination);
        return (int)output.Length;
    }

    public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        using MemoryStream input = new(source.ToArray());
        using ZLibStream zlib = new(input, CompressionMode.Decompress);
        try
        {
            int length = zlib.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            return zlib.ReadByte() < 0 ? length : -1;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return -1;
        }
    }
}
