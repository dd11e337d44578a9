using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Holds the key and says whatever it likes.</summary>
internal sealed class HostilePeer(Side side, SessionKey key)
{
    private readonly DatagramCodec _datagrams = new(side, key) { NextSequence = 1_000_000 };
    private readonly InstructionCodec _instructions = new(new StoredCompressor());
    private ulong _id = 1UL << 40;

    public byte[] Instruction(ulong oldNumber, ulong newNumber, ulong ack = 0, ulong throwaway = 0, byte[]? diff = null, uint version = 2, (ulong Received, ulong Highest)? report = null)
    {
        GrowingBuffer compressed = new();
        TransportInstruction instruction = new()
        {
            Version = version,
            OldNumber = oldNumber,
            NewNumber = newNumber,
            AckNumber = ack,
            ThrowawayNumber = throwaway,
            Diff = diff,
            HasReport = report is not null,
            ReportReceived = report?.Received ?? 0,
            ReportHighest = report?.Highest ?? 0,
        };
        _instructions.Encode(instruction, compressed);
        return Whole(compressed.Written.ToArray());
    }

    /// <summary>One fragment that says it is all.</summary>
    public byte[] Whole(byte[] compressed) => Fragment(_id++, 0, true, compressed);

    public byte[] Fragment(ulong id, int number, bool isLast, byte[] slice)
    {
        byte[] fragment = new byte[FragmentHeader.Bytes + slice.Length];
        new FragmentHeader(id, number, isLast).Write(fragment);
        slice.CopyTo(fragment, FragmentHeader.Bytes);
        return Datagram(fragment);
    }

    public byte[] Datagram(byte[] fragment, ushort timestamp = 0xFFFF, ushort reply = 0xFFFF)
    {
        byte[] buffer = new byte[fragment.Length + DatagramCodec.OverheadBytes];
        fragment.CopyTo(buffer, DatagramCodec.HeaderBytes);
        _datagrams.Seal(buffer, timestamp, reply, fragment.Length);
        return buffer;
    }
}
