using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Holds the key and reads what one side sends.</summary>
internal sealed class DatagramTap(Side sender, SessionKey key, ICompressor compressor)
{
    private readonly DatagramCodec _datagrams = new(sender == Side.Client ? Side.Server : Side.Client, key);
    private readonly FragmentAssembly _assembly = new();
    private readonly InstructionCodec _instructions = new(compressor);

    /// <summary>A fragment id that says: stream frames, not an instruction. They are not looked at.</summary>
    private static ReadOnlySpan<byte> StreamId => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    public List<TappedInstruction> Instructions { get; } = [];

    public void Add(ReadOnlySpan<byte> datagram)
    {
        Assert.Equal(ReceiveResult.Accepted, _datagrams.Open(datagram, out OpenedDatagram opened));
        if (opened.Fragment.StartsWith(StreamId))
        {
            return;
        }

        if (_assembly.Add(opened.Fragment, out ReadOnlySpan<byte> compressed) == AssemblyResult.Complete)
        {
            Assert.True(_instructions.TryDecode(compressed, out TransportInstruction i));
            Instructions.Add(new TappedInstruction(i.NewNumber, i.Diff.ToArray(), i.HasReport, i.ReportReceived, i.ReportHighest));
        }
    }

    /// <summary>Reads what a pair has recorded of this side.</summary>
    public static List<TappedInstruction> Of(Pair pair, Side sender)
    {
        DatagramTap tap = new(sender, pair.Key, new StoredCompressor());
        foreach (Flight flight in pair.Record.Where(f => f.ToServer == (sender == Side.Client)))
        {
            tap.Add(flight.Datagram);
        }

        return tap.Instructions;
    }
}
