using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Mistakes with lines that have left the screen.</summary>
internal sealed class HistoryBug(PlantedBug bug) : SimBugBox
{
    private const int SwallowEvery = 5;

    private int _paints;

    public override ICompressor Change(ICompressor compressor, Side side) =>
        bug == PlantedBug.LineSentForAnother && side == Side.Server ? new ForgetfulSender(compressor) : compressor;

    public override void OnPaint(SimClient client)
    {
        _paints++;
        if (bug == PlantedBug.LineNotDrawn && _paints % SwallowEvery == 0 && client.Session.History.Count > 1)
        {
            client.Session.History.Commit(1);
        }
    }

    public override void OnPainted(SimClient client)
    {
        if (bug == PlantedBug.GuessCommitted && client.Terminal is { KeepsHistory: true } terminal)
        {
            terminal.Emulator.Write("\e7\e[Hguess\e8"u8);
        }
    }

    /// <summary>Acts on what can only be the records of lines: in each block one line is sent twice, and its neighbour of the same length never.</summary>
    private sealed class ForgetfulSender(ICompressor right) : ICompressor
    {
        private const int LinesMin = 3;

        public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination)
        {
            byte[] records = source.ToArray();
            Spoil(records);
            return right.Deflate(records, destination);
        }

        public int Inflate(ReadOnlySpan<byte> source, Span<byte> destination) => right.Inflate(source, destination);

        private static void Spoil(Span<byte> records)
        {
            int lines = 0;
            int twins = -1;
            int at = 0;
            HistoryLineHead last = default;
            while (HistoryLineReader.TryReadHead(records[at..], 0, out HistoryLineHead head) && (lines == 0 || head.Width == last.Width))
            {
                bool areTwins = lines > 0 && head.Bytes == last.Bytes && !records.Slice(at, head.Bytes).SequenceEqual(records.Slice(at - head.Bytes, head.Bytes));
                twins = areTwins ? at : twins;
                at += head.Bytes;
                lines++;
                last = head;
            }

            if (at == records.Length && lines >= LinesMin && twins > 0)
            {
                int length = LengthAt(records, twins);
                records.Slice(twins, length).CopyTo(records[(twins - length)..]);
            }
        }

        private static int LengthAt(ReadOnlySpan<byte> records, int at) => HistoryLineReader.TryReadHead(records[at..], 0, out HistoryLineHead head) ? head.Bytes : 0;
    }
}
