using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>The zlib frame with stored blocks would do; a length and the bytes themselves do too. Sizes on the wire are then exact, and nothing depends on a library.</summary>
internal sealed class StoredCompressor : ICompressor
{
    private const byte Mark = 0x78;

    public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (destination.Length < source.Length + 1)
        {
            return -1;
        }

        destination[0] = Mark;
        source.CopyTo(destination[1..]);
        return source.Length + 1;
    }

    public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty || source[0] != Mark || destination.Length < source.Length - 1)
        {
            return -1;
        }

        source[1..].CopyTo(destination);
        return source.Length - 1;
    }
}
