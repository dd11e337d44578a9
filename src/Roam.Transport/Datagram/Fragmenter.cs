namespace Roam.Transport;

/// <summary>Holds one compressed instruction and cuts it into fragments, one for each call.</summary>
internal sealed class Fragmenter
{
    private ulong _id;
    private int _offset;
    private int _number;

    /// <summary>The compressed instruction: filled by the caller before <see cref="Start"/>.</summary>
    internal GrowingBuffer Instruction { get; } = new();

    /// <summary>Fragments are left to be taken.</summary>
    internal bool HasMore => _offset < Instruction.Length;

    /// <summary>Starts on the instruction in the buffer, under a new id. Every instruction has one: its chaff makes each differ from the one before.</summary>
    internal void Start()
    {
        _id++;
        _offset = 0;
        _number = 0;
    }

    /// <summary>Writes the next fragment, at most as long as the destination. Returns its length.</summary>
    internal int Take(Span<byte> destination)
    {
        ReadOnlySpan<byte> rest = Instruction.Written[_offset..];
        int slice = Math.Min(rest.Length, destination.Length - FragmentHeader.Bytes);
        new FragmentHeader(_id, _number, slice == rest.Length).Write(destination);
        rest[..slice].CopyTo(destination[FragmentHeader.Bytes..]);
        _offset += slice;
        _number++;
        return FragmentHeader.Bytes + slice;
    }
}
