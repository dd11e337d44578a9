namespace Roam.Lab;

/// <summary>
/// Damaged recordings: a run of pieces from one of them, some dropped, doubled, exchanged, or taken from another recording, and then bytes flipped, cut out and put in.
/// So the emulator meets the states that real programs bring it into, with the wrong thing next.
/// </summary>
internal sealed class RecordingMutator(RecordingCorpus corpus, IFuzzTarget target, SeededRandom random) : IInputSource
{
    /// <summary>Of a run; a single piece is cut to it.</summary>
    public const int RunBytesMax = 8192;

    private const int PieceChangesMax = 6;
    private const int ByteChangesMax = 6;

    public byte[] Next()
    {
        List<byte[]> pieces = Run(random.Next(RunBytesMax));
        for (int n = random.Next(PieceChangesMax + 1); n > 0; n--)
        {
            ChangePiece(pieces);
        }

        List<byte> output = [.. pieces.SelectMany(static p => p)];
        for (int n = random.Next(ByteChangesMax + 1); n > 0; n--)
        {
            ChangeByte(output);
        }

        return target.Frame([.. output], random)!;
    }

    /// <summary>Half of the runs begin at the start, where programs set their modes.</summary>
    private List<byte[]> Run(int bytesMax)
    {
        byte[][] recording = corpus.Recordings[random.Next(corpus.Recordings.Count)];
        List<byte[]> pieces = [];
        int bytes = 0;
        for (int i = random.Chance(500) ? 0 : random.Next(recording.Length); i < recording.Length && bytes < bytesMax; i++)
        {
            byte[] piece = recording[i].Length <= bytesMax - bytes ? recording[i] : recording[i][..(bytesMax - bytes)];
            pieces.Add(piece);
            bytes += piece.Length;
        }

        return pieces;
    }

    private void ChangePiece(List<byte[]> pieces)
    {
        int at = random.Next(pieces.Count + 1);
        switch (random.Next(4))
        {
            case 0 when at < pieces.Count:
                pieces.RemoveAt(at);
                break;
            case 1 when at < pieces.Count:
                pieces.Insert(random.Next(pieces.Count + 1), pieces[at]);
                break;
            case 2 when at < pieces.Count:
                int other = random.Next(pieces.Count);
                (pieces[at], pieces[other]) = (pieces[other], pieces[at]);
                break;
            default:
                pieces.InsertRange(at, Run(random.Next(RunBytesMax / 8)));
                break;
        }
    }

    private void ChangeByte(List<byte> output)
    {
        int at = random.Next(output.Count + 1);
        int length = Math.Min(random.Next(16), output.Count - at);
        switch (random.Next(4))
        {
            case 0 when at < output.Count:
                output[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                output.RemoveRange(at, length);
                break;
            case 2:
                output.InsertRange(random.Next(output.Count + 1), output.GetRange(at, length));
                break;
            default:
                output.InsertRange(at, random.NextBytes(1 + random.Next(4)));
                break;
        }
    }
}
