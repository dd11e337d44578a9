using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Whatever room it gets, the data is longer.</summary>
internal sealed class EndlessCompressor : ICompressor
{
    public static int LargestAsked { get; private set; }

    public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination) => -1;

    public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        LargestAsked = Math.Max(LargestAsked, destination.Length);
        return -1;
    }
}
