using System.Buffers;
using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>
/// A state for transport tests: a byte string. Its diff names the base by hash, so a diff applied to any other base is refused,
/// and its pool notices a snapshot that is released twice or never.
/// </summary>
internal sealed class SampleState(SampleStatePool pool) : ISyncState<SampleState>
{
    private const int HeaderBytes = 12;

    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    public bool IsReleased { get; set; }

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, Length);

    public string Text => System.Text.Encoding.Latin1.GetString(Content);

    public void Set(string text)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
        Set(bytes);
    }

    public void Set(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length < bytes.Length)
        {
            _bytes = new byte[bytes.Length * 2];
        }

        bytes.CopyTo(_bytes);
        Length = bytes.Length;
    }

    public void WriteDiff(SampleState from, IBufferWriter<byte> destination)
    {
        AssertAlive();
        from.AssertAlive();
        if (ContentEquals(from))
        {
            return;
        }

        int common = Content.CommonPrefixLength(from.Content);
        Span<byte> span = destination.GetSpan(HeaderBytes + Length - common);
        BinaryPrimitives.WriteUInt64BigEndian(span, HashOf(from.Content));
        BinaryPrimitives.WriteInt32BigEndian(span[8..], common);
        Content[common..].CopyTo(span[HeaderBytes..]);
        destination.Advance(HeaderBytes + Length - common);
    }

    public ApplyResult Apply(ReadOnlySpan<byte> diff)
    {
        AssertAlive();
        if (diff.Length < HeaderBytes)
        {
            return ApplyResult.Malformed;
        }

        int common = BinaryPrimitives.ReadInt32BigEndian(diff[8..]);
        if (BinaryPrimitives.ReadUInt64BigEndian(diff) != HashOf(Content) || (uint)common > (uint)Length)
        {
            return ApplyResult.Refused;
        }

        ReadOnlySpan<byte> tail = diff[HeaderBytes..];
        if (_bytes.Length < common + tail.Length)
        {
            Array.Resize(ref _bytes, (common + tail.Length) * 2);
        }

        tail.CopyTo(_bytes.AsSpan(common));
        Length = common + tail.Length;
        return ApplyResult.Applied;
    }

    public void Subtract(SampleState prefix)
    {
        AssertAlive();
        prefix.AssertAlive();
        pool.Subtractions++;
    }

    public bool ContentEquals(SampleState other) => Content.SequenceEqual(other.Content);

    public SampleState Snapshot()
    {
        AssertAlive();
        SampleState copy = pool.Rent();
        copy.Set(Content);
        return copy;
    }

    public void Release()
    {
        AssertAlive();
        pool.Return(this);
    }

    private static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        // FNV-1a.
        ulong hash = 14695981039346656037;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash;
    }

    private void AssertAlive()
    {
        if (IsReleased)
        {
            throw new InvalidOperationException("a state was used after its release");
        }
    }
}
