using Roam.Transport;

namespace Roam.Lab;

/// <summary>No compression at all, for both ends of a simulation that looks at sizes and times only.</summary>
internal sealed class StoredDeflate : ICompressor
{
    public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination) => Copy(source, destination);

    public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination) => Copy(source, destination);

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> destination) => source.TryCopyTo(destination) ? source.Length : -1;
}
