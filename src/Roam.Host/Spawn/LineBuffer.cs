using System.Text;

namespace Roam.Host;

/// <summary>Bytes of a pipe, taken out line by line. Never longer than <see cref="LineBytesMax"/>: a far side that sends no end of line must not fill the memory.</summary>
internal sealed class LineBuffer
{
    public const int LineBytesMax = 64 * 1024;

    private readonly byte[] _bytes = new byte[LineBytesMax];
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>Room for more, never empty after <see cref="TryTake"/> has said false.</summary>
    public Span<byte> Room
    {
        get
        {
            if (_start > 0)
            {
                _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
                (_start, _end) = (0, _end - _start);
            }

            return _bytes.AsSpan(_end);
        }
    }

    public void Added(int count) => _end += count;

    /// <summary>The next line, without its end (LF or CR LF). A full buffer without an end is handed out as a piece. When no more will come, the rest counts as a line.</summary>
    public bool TryTake(bool isAtEnd, out string line, out bool isPiece)
    {
        ReadOnlySpan<byte> there = _bytes.AsSpan(_start, _end - _start);
        int at = there.IndexOf((byte)'\n');
        isPiece = at < 0 && there.Length == LineBytesMax;
        if (at < 0 && !isPiece && (!isAtEnd || there.IsEmpty))
        {
            line = "";
            return false;
        }

        ReadOnlySpan<byte> taken = at < 0 ? there : there[..at];
        _start += at < 0 ? there.Length : at + 1;
        line = Encoding.UTF8.GetString(taken.EndsWith("\r"u8) ? taken[..^1] : taken);
        return true;
    }
}
