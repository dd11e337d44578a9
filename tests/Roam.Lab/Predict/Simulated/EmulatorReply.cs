namespace Roam.Lab;

/// <summary>Tells a terminal's answer from a key, among what a program reads (xterm ctlseqs: device attributes, status and mode reports, strings).</summary>
internal static class EmulatorReply
{
    private const byte Escape = 0x1B;

    /// <summary>How long the answer is that the input begins with; 0: it begins with none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> input)
    {
        if (input.Length < 3 || input[0] != Escape)
        {
            return 0;
        }

        return input[1] switch
        {
            (byte)'[' => ReportLength(input),
            (byte)'P' or (byte)']' or (byte)'_' => StringLength(input),
            _ => 0,
        };
    }

    private static int ReportLength(ReadOnlySpan<byte> input)
    {
        int end = 2;
        while (end < input.Length && input[end] is >= 0x20 and < 0x40)
        {
            end++;
        }

        return end > 2 && end < input.Length && (char)input[end] is 'c' or 'n' or 'R' or 'y' or 't' or 'x' or 'u' or 'S' ? end + 1 : 0;
    }

    private static int StringLength(ReadOnlySpan<byte> input)
    {
        for (int i = 2; i < input.Length; i++)
        {
            if (input[i] == 0x07 || (input[i] == '\\' && input[i - 1] == Escape))
            {
                return i + 1;
            }
        }

        return 0;
    }
}
