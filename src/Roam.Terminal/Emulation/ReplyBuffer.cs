using System.Text;

namespace Roam.Terminal;

/// <summary>Answers on their way to the program, in order. A program that asks without reading gets whole answers dropped, never half ones.</summary>
internal sealed class ReplyBuffer
{
    /// <summary>At the limit an answer that does not fit is dropped whole.</summary>
    public const int Capacity = 8192;

    private readonly byte[] _bytes = new byte[Capacity];
    private int _length;
    private int _start;
    private bool _fits;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Appends one whole answer. The interpolated text must be ASCII or UTF-16 without lone surrogates.</summary>
    public void Append(ReadOnlySpan<char> answer)
    {
        if (Encoding.UTF8.TryGetBytes(answer, _bytes.AsSpan(_length), out int written))
        {
            _length += written;
        }
    }

    /// <summary>Begins an answer that is put together by <see cref="Add(ReadOnlySpan{byte})"/> and counts at <see cref="End"/>.</summary>
    public void Begin()
    {
        _start = _length;
        _fits = true;
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        if (!_fits || !text.TryCopyTo(_bytes.AsSpan(_length)))
        {
            _fits = false;
            return;
        }

        _length += text.Length;
    }

    public void Add(ReadOnlySpan<char> text)
    {
        if (!_fits || !Encoding.UTF8.TryGetBytes(text, _bytes.AsSpan(_length), out int written))
        {
            _fits = false;
            return;
        }

        _length += written;
    }

    public void Add(int number)
    {
        if (!_fits || !number.TryFormat(_bytes.AsSpan(_length), out int written))
        {
            _fits = false;
            return;
        }

        _length += written;
    }

    /// <summary>The bytes as hexadecimal digits.</summary>
    public void AddHex(ReadOnlySpan<byte> bytes)
    {
        if (!_fits || !Convert.TryToHexString(bytes, _bytes.AsSpan(_length), out int written))
        {
            _fits = false;
            return;
        }

        _length += written;
    }

    /// <summary>The answer is whole, or it did not fit and is gone.</summary>
    public void End()
    {
        if (!_fits)
        {
            _length = _start;
        }
    }
}
