namespace Roam.Transport;

/// <summary>zlib format (RFC 1950), a whole message at a time. The host binds the platform's zlib; state is kept and reset, so a call allocates nothing.</summary>
public interface ICompressor
{
    /// <summary>Compresses source into destination. Returns the length, or -1 when the destination is too small.</summary>
    int Deflate(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Decompresses source into destination. Returns the length, or -1 when the data is malformed, truncated, or larger than the destination.</summary>
    int Inflate(ReadOnlySpan<byte> source, Span<byte> destination);
}
