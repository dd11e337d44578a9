using System.Buffers;
using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>The least that a session could keep equal: a counter, whose change takes a given number of bytes that do not compress.</summary>
internal sealed class CountState : ISyncState<CountState>
{
    private const int HeaderBytes = 8;

    public long Count { get; set; }

    /// <summary>Length of the next diffs.</summary>
    public int DiffBytes { get; set; } = HeaderBytes;

    public void WriteDiff(CountState from, IBufferWriter<byte> destination)
    {
        if (Count == from.Count)
        {
            return;
        }

        Span<byte> span = destination.GetSpan(DiffBytes)[..DiffBytes];
        new SimRandom((ulong)Count).Fill(span);
        BinaryPrimitives.WriteInt64BigEndian(span, Count);
        destination.Advance(DiffBytes);
    }

    public ApplyResult Apply(ReadOnlySpan<byte> diff)
    {
        if (diff.Length < HeaderBytes)
        {
            return ApplyResult.Malformed;
        }

        Count = BinaryPrimitives.ReadInt64BigEndian(diff);
        return ApplyResult.Applied;
    }

    public void Subtract(CountState prefix)
    {
    }

    public bool ContentEquals(CountState other) => Count == other.Count;

    public CountState Snapshot() => new() { Count = Count, DiffBytes = DiffBytes };

    public void Release()
    {
    }
}
