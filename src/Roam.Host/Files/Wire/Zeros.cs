namespace Roam.Host;

/// <summary>What is in a hole.</summary>
internal static class Zeros
{
    private static readonly byte[] Page = new byte[4096];

    public static ReadOnlySpan<byte> Bytes => Page;

    public static void Append(ref SipHash128 hash, long length)
    {
        while (length > 0)
        {
            int piece = (int)Math.Min(length, Page.Length);
            hash.Append(Page.AsSpan(0, piece));
            length -= piece;
        }
    }
}
