using System.Buffers.Binary;

namespace Roam.Host;

/// <summary>Writes a frame's fields into a buffer that is large enough.</summary>
internal ref struct PayloadWriter(Span<byte> buffer)
{
    /// <summary>Enough for the numbers of any frame, with a name and a link's target or a note's text.</summary>
    public const int BytesMax = (2 * Libc.PathBytesMax) + 1024;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public void Number(long value)
    {
        ulong rest = (ulong)value;
        while (rest >= 0x80)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
    }

    public void Signed(long value) => Number((value << 1) ^ (value >> 63));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        Raw(bytes);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    public void Hash(UInt128 hash)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_buffer[_length..], hash);
        _length += SipHash128.HashBytes;
    }

    public void Times(in FileTimes times)
    {
        Signed(times.AccessSeconds);
        Number(times.AccessNanos);
        Signed(times.ModificationSeconds);
        Number(times.ModificationNanos);
    }
}
