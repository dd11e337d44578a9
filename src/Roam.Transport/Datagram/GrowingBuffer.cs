using System.Buffers;

namespace Roam.Transport;

/// <summary>
/// A byte buffer that is kept and reused: it grows by doubling to what was needed, and gives back what a rare large message made it grow to,
/// so that an idle session stays small and a busy one allocates nothing.
/// </summary>
public sealed class GrowingBuffer : IBufferWriter<byte>
{
    /// <summary>A larger array is dropped at the next <see cref="Clear"/>: a full redraw of a large window fits below.</summary>
    public const int RetainedBytesMax = 64 * 1024;

    private const int FirstBytes = 512;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > RetainedBytesMax)
        {
            _bytes = [];
        }
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length));
        Length += count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    private void Reserve(int room)
    {
        if (_bytes.Length - Length < room)
        {
            int size = Math.Max(Math.Max(FirstBytes, _bytes.Length * 2), Length + room);
            Array.Resize(ref _bytes, size);
        }
    }
}
