namespace Roam.Lab;

/// <summary>
/// A program's output for a terminal without an alternate screen, which stock's server is: it takes no notice of the modes 47 and 1047 to 1049. Without this each key after a pager
/// would count as wrong, since the reference's cursor is back where it was before the pager and the server's is not.
/// </summary>
internal static class OneScreen
{
    private static readonly byte[][] Switches =
    [
        .. from mode in (string[])["47", "1047", "1048", "1049"]
           from final in (string[])["h", "l"]
           select System.Text.Encoding.ASCII.GetBytes($"\e[?{mode}{final}"),
    ];

    /// <summary>A sequence that is cut in two by the end of a read stays; programs write it in one piece.</summary>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> output)
    {
        if (output.IndexOf("\e[?"u8) < 0)
        {
            return output;
        }

        byte[] kept = new byte[output.Length];
        int length = 0;
        while (!output.IsEmpty)
        {
            int skipped = SwitchLength(output);
            if (skipped == 0)
            {
                kept[length++] = output[0];
            }

            output = output[Math.Max(1, skipped)..];
        }

        return kept.AsSpan(0, length);
    }

    private static int SwitchLength(ReadOnlySpan<byte> output)
    {
        foreach (byte[] sequence in Switches)
        {
            if (output.StartsWith(sequence))
            {
                return sequence.Length;
            }
        }

        return 0;
    }
}
