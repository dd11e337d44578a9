using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// The reference's screen as it comes out of the program's output; every state of it goes to the judge. A read often holds the newline that Enter echoes together with what the program
/// wrote right after it, and it is chance whether it does. The newline is a state of its own either way, since the cursor has been there.
/// </summary>
internal sealed class ReferenceScreen(int width, int height, PredictionJudge judge)
{
    private readonly Emulator _emulator = new(width, height, new EmulatorOptions());

    /// <summary>One read of the program's output. The emulator's answers to queries are dropped: somebody else gives them.</summary>
    public void Write(long micros, ReadOnlySpan<byte> output)
    {
        int newline = LeadingNewlineLength(output);
        if (newline != 0 && newline != output.Length)
        {
            Take(micros, output[..newline]);
            output = output[newline..];
        }

        Take(micros, output);
    }

    private void Take(long micros, ReadOnlySpan<byte> output)
    {
        _emulator.Write(output);
        _emulator.ClearReplies();
        judge.Reference(micros, _emulator.FrameScreen);
    }

    /// <summary>Up to and with the first line feed, when only carriage returns and control sequences stand before it; else 0. Zsh may write CUD and a carriage return for it.</summary>
    private static int LeadingNewlineLength(ReadOnlySpan<byte> output)
    {
        bool isDown = false;
        for (int i = 0; i < output.Length; i++)
        {
            switch (output[i])
            {
                case (byte)'\n':
                    return i + 1;
                case (byte)'\r' when isDown:
                    return i + 1;
                case (byte)'\r':
                    break;
                case 0x1B when i + 1 < output.Length && output[i + 1] == '[':
                    int final = output[(i + 2)..].IndexOfAnyInRange((byte)0x40, (byte)0x7E);
                    if (final < 0)
                    {
                        return 0;
                    }

                    i += 2 + final;
                    isDown |= output[i] == 'B';
                    break;
                case 0x1B when i + 1 < output.Length && output[i + 1] is (byte)'=' or (byte)'>':
                    i++; // DECKPAM and DECKPNM, which zsh sends with the end of a line
                    break;
                default:
                    return 0;
            }
        }

        return 0;
    }
}
