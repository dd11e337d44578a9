using Roam.Terminal;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// One question to a session and its answer: a line in ("history plain"), a line back ("ok" or "error why"), then what was asked for, up to the end. After "carry" both directions
/// are frames. Never blocks.
/// </summary>
internal sealed unsafe class ControlConnection(int fd) : IDisposable
{
    private const int RequestBytesMax = 256;

    /// <summary>What is made ahead for a reader that is slow.</summary>
    private const int AnswerBytesMax = 32 * 1024;

    private readonly byte[] _request = new byte[RequestBytesMax];
    private readonly GrowingBuffer _answer = new();
    private int _requestLength;
    private int _questionEnd;
    private bool _asksToCarry;
    private int _written;
    private bool _isAsked;
    private HistoryText? _history;

    public int Fd { get; } = fd;

    public short Events => _isAsked ? Libc.POLLOUT : Libc.POLLIN;

    /// <summary>The question was "carry", and it was granted: from now on the connection is a client's way here, and not this object's any more.</summary>
    public bool IsCarrier { get; private set; }

    /// <summary>What came behind the question.</summary>
    public ReadOnlySpan<byte> Rest => _request.AsSpan(_questionEnd, _requestLength - _questionEnd);

    /// <summary>Nothing more will come of it.</summary>
    public bool IsOver { get; private set; }

    public void Handle(HistoryLog? log)
    {
        if (!_isAsked)
        {
            Read(log);
        }

        while (_isAsked && !IsOver && !IsCarrier)
        {
            if (_written == _answer.Length && _asksToCarry)
            {
                IsCarrier = true;
                return;
            }

            if (_written == _answer.Length && !TryGoOn())
            {
                IsOver = true;
                return;
            }

            nint n;
            fixed (byte* bytes = _answer.Written)
            {
                n = Libc.sendto(Fd, bytes + _written, (nuint)(_answer.Length - _written), Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL, null, 0);
            }

            if (n < 0)
            {
                IsOver = Libc.Errno is not (Libc.EAGAIN or Libc.EINTR);
                return;
            }

            _written += (int)n;
        }
    }

    public void Dispose() => _ = Libc.close(Fd);

    private void Read(HistoryLog? log)
    {
        nint n;
        fixed (byte* bytes = _request)
        {
            n = Libc.read(Fd, bytes + _requestLength, RequestBytesMax - _requestLength);
        }

        if (n <= 0)
        {
            IsOver = n == 0 || Libc.Errno is not (Libc.EAGAIN or Libc.EINTR);
            return;
        }

        _requestLength += (int)n;
        int end = _request.AsSpan(0, _requestLength).IndexOf((byte)'\n');
        if (end >= 0)
        {
            _isAsked = true;
            _questionEnd = end + 1;
            Answer(_request.AsSpan(0, end), log);
        }
        else
        {
            IsOver = _requestLength == RequestBytesMax;
        }
    }

    private void Answer(ReadOnlySpan<byte> request, HistoryLog? log)
    {
        if (request.SequenceEqual("carry"u8))
        {
            _answer.Write("ok\n"u8);
            _asksToCarry = true;
            return;
        }

        bool isAnsi = request.SequenceEqual("history ansi"u8);
        if (!isAnsi && !request.SequenceEqual("history plain"u8))
        {
            _answer.Write("error this session does not know that question: its server is of another version\n"u8);
        }
        else if (log is null)
        {
            _answer.Write("error this session keeps no history (--history-lines=0)\n"u8);
        }
        else
        {
            _answer.Write("ok\n"u8);
            _history = new HistoryText(log, isAnsi);
        }
    }

    private bool TryGoOn()
    {
        _answer.Clear();
        _written = 0;
        while (_history is not null && _answer.Length < AnswerBytesMax && _history.TryWriteNext(_answer))
        {
        }

        return _answer.Length != 0;
    }
}
