using System.Buffers;
using System.Text;

namespace Roam.Terminal;

/// <summary>Collects one control string. An over-long one is dropped whole, and its memory is not kept.</summary>
internal sealed class StringBuffer
{
    /// <summary>Longest control string.</summary>
    public const int LengthMax = 16 * 1024;

    /// <summary>Longest clipboard text (OSC 52), with room for its "52;selection;".</summary>
    public const int ClipboardLengthMax = (1 << 20) + 32;

    private const int InitialCapacity = 512;

    private byte[] _bytes = new byte[InitialCapacity];
    private int _length;

    /// <summary>The string has outgrown its bound and counts for nothing.</summary>
    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        if (_bytes.Length > LengthMax)
        {
            _bytes = new byte[InitialCapacity];
        }

        _length = 0;
        Overflowed = false;
    }

    public void Append(ReadOnlySpan<byte> text, StringKind kind)
    {
        if (Overflowed || kind == StringKind.Skipped)
        {
            return;
        }

        int length = _length + text.Length;
        if (length > LengthMax && (length > ClipboardLengthMax || kind != StringKind.Osc || !IsClipboard(text)))
        {
            Overflowed = true;
            return;
        }

        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        }

        text.CopyTo(_bytes.AsSpan(_length));
        _length = length;
    }

    /// <summary>If the text ends inside a character, that beginning becomes U+FFFD: what comes next does not complete it.</summary>
    public void CloseCharacter(StringKind kind)
    {
        if (Overflowed || kind == StringKind.Skipped)
        {
            return;
        }

        int lead = _length - 1;
        while (lead > 0 && _length - lead < 4 && (_bytes[lead] & 0xC0) == 0x80)
        {
            lead--;
        }

        if (lead >= 0 && Rune.DecodeFromUtf8(Text[lead..], out _, out _) == OperationStatus.NeedMoreData)
        {
            _length = lead;
            Append("\uFFFD"u8, kind);
        }
    }

    private bool IsClipboard(ReadOnlySpan<byte> next) => (_length >= 3 ? Text : next).StartsWith("52;"u8);

    public void RemoveLast() => _length -= _length > 0 && !Overflowed ? 1 : 0;
}
