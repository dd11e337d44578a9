using System.Buffers;
using System.Text;

namespace Roam.Terminal;

/// <summary>Writes small pieces into an <see cref="IBufferWriter{T}"/> without a call for each of them. <see cref="Flush"/> hands over what was written.</summary>
internal ref struct ByteSink(IBufferWriter<byte>? destination)
{
    private const int ChunkBytesMin = 512;
    private const int NumberDigitsMax = 10;

    private readonly IBufferWriter<byte>? _destination = destination;
    private Span<byte> _span;
    private int _used;

    /// <summary>For a piece of known length that is looked at before it goes anywhere; more than fits is a bug.</summary>
    public ByteSink(Span<byte> buffer)
        : this((IBufferWriter<byte>?)null) => _span = buffer;

    /// <summary>What was put into the buffer that was given.</summary>
    public readonly ReadOnlySpan<byte> Written => _span[.._used];

    public void Put(byte value)
    {
        if (_used == _span.Length)
        {
            Grow(1);
        }

        _span[_used++] = value;
    }

    public void Put(scoped ReadOnlySpan<byte> bytes)
    {
        if (_span.Length - _used < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
    }

    public void PutRepeated(byte value, int count)
    {
        if (_span.Length - _used < count)
        {
            Grow(count);
        }

        _span.Slice(_used, count).Fill(value);
        _used += count;
    }

    /// <summary>A non-negative number in decimal.</summary>
    public void PutNumber(int value)
    {
        Span<byte> digits = stackalloc byte[NumberDigitsMax];
        int at = NumberDigitsMax;
        uint rest = (uint)value;
        do
        {
            digits[--at] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest != 0);

        Put(digits[at..]);
    }

    /// <summary>A code point as UTF-8; what is no character becomes U+FFFD, so that the reader's decoder stays in step.</summary>
    public void PutCodePoint(int codePoint)
    {
        Span<byte> utf8 = stackalloc byte[4];
        Rune rune = Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar;
        Put(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    /// <summary>Text as UTF-8 without its control characters: it goes inside a control string, which they would end.</summary>
    public void PutText(scoped ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsControl(rune.Value))
            {
                PutCodePoint(rune.Value);
            }
        }
    }

    /// <summary>Text that is known to be printable ASCII, of any length.</summary>
    public void PutAscii(scoped ReadOnlySpan<char> text)
    {
        if (_span.Length - _used < text.Length)
        {
            Grow(text.Length);
        }

        _used += Encoding.ASCII.GetBytes(text, _span[_used..]);
    }

    public static bool IsControl(int codePoint) => codePoint < 0x20 || (codePoint >= 0x7F && codePoint < 0xA0);

    public void Flush()
    {
        if (_used != 0)
        {
            _destination!.Advance(_used);
        }

        _span = default;
        _used = 0;
    }

    private void Grow(int count)
    {
        Flush();
        _span = _destination!.GetSpan(Math.Max(count, ChunkBytesMin));
    }
}
