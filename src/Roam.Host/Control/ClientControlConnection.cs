using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>One line to a client and its answer.</summary>
internal sealed unsafe class ClientControlConnection(int fd) : IDisposable
{
    /// <summary>A longer line is none; its connection is closed.</summary>
    public const int LineBytesMax = 1024;

    private readonly byte[] _line = new byte[LineBytesMax];
    private int _length;
    private byte[]? _text;
    private int _written;

    public int Fd { get; } = fd;

    /// <summary>Null until the line has come.</summary>
    public IForwardAnswer? Answer { get; set; }

    /// <summary>When an answer that has not come is given up.</summary>
    public Instant Until { get; set; }

    /// <summary>There is something to write that did not fit.</summary>
    public bool HasText => _text is not null;

    public bool IsOver { get; private set; }

    /// <summary>True: the whole line is there, once.</summary>
    public bool TryRead(out string line)
    {
        line = "";
        if (Answer is not null)
        {
            return false;
        }

        nint n;
        fixed (byte* bytes = _line)
        {
            n = Libc.read(Fd, bytes + _length, LineBytesMax - _length);
        }

        if (n <= 0)
        {
            IsOver = n == 0 || Libc.Errno is not (Libc.EAGAIN or Libc.EINTR);
            return false;
        }

        _length += (int)n;
        int end = _line.AsSpan(0, _length).IndexOf((byte)'\n');
        IsOver = end < 0 && _length == LineBytesMax;
        line = end < 0 ? "" : Encoding.UTF8.GetString(_line, 0, end);
        return end >= 0;
    }

    /// <summary>Writes what there is to write. True: the answer is still to come.</summary>
    public bool Turn(Instant now)
    {
        if (Answer is null || IsOver)
        {
            return false;
        }

        if (_text is null && Answer.IsGood is null && now < Until)
        {
            return true;
        }

        string said = Answer.Text;
        _text ??= Encoding.UTF8.GetBytes(Answer.IsGood == false ? $"error {said.ReplaceLineEndings(" ")}\n" : $"ok\n{said}{(said.Length == 0 ? "" : "\n")}");
        nint n;
        fixed (byte* bytes = _text)
        {
            n = Libc.sendto(Fd, bytes + _written, (nuint)(_text.Length - _written), Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL, null, 0);
        }

        _written += Math.Max((int)n, 0);
        IsOver = _written == _text.Length || (n < 0 && Libc.Errno is not (Libc.EAGAIN or Libc.EINTR));
        return false;
    }

    public void Dispose() => _ = Libc.close(Fd);
}
