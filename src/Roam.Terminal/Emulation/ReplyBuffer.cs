using System.Text;

namespace Roam.Terminal;

/// <summary>Answers on their way to the program, in order. A program that asks without reading gets whole answers dropped, never half ones.</summary>
internal sealed class ReplyBuffer
{
    /// <summary>At the limit an answer that does not fit is dropped whole.</summary>
    public const int Capacity = 8192;

    private readonly byte[] _bytes = new byte[Capacity];
    private int _length;

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
}
