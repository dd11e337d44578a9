using Roam.Terminal;

namespace Roam.Session;

/// <summary>
/// The way from the client's user stream and the emulator's answers to the pty. Events wait in the user log itself, in order; nothing is copied until the pty takes it.
/// </summary>
internal sealed class ServerInput
{
    private const int ChunkBytes = 256;

    private readonly UserLog _log;
    private readonly Emulator _emulator;
    private readonly UserInputTranslator _translator = new();
    private readonly GivenInput _given = new();
    private long _end;
    private long _taken;
    private int _repliesTaken;
    private int _width;
    private int _height;
    private ClientTerminal? _terminal;

    public ServerInput(UserLog log, Emulator emulator)
    {
        _log = log;
        _emulator = emulator;
        log.SetConsumed(0);
    }

    public bool HasKeys => _taken < _end;

    public bool HasReplies => _repliesTaken < _emulator.Replies.Length;

    public int WaitingCount => (int)(_end - _taken);

    public int GivenCount => _given.Count;

    public UserLog Log => _log;

    /// <summary>A new newest state of the client came, which ends at the position.</summary>
    public void Receive(ulong number, long end)
    {
        if (end <= _end)
        {
            return;
        }

        _end = end;
        _given.Add(number, end);
        TakeOthers();
    }

    public int Take(Span<byte> destination)
    {
        int written = TakeReplies(destination);
        Span<byte> keys = stackalloc byte[ChunkBytes];
        while (_taken < _end && destination.Length - written > UserInputTranslator.PendingMax)
        {
            int count = Math.Min(ChunkBytes, destination.Length - written - UserInputTranslator.PendingMax);
            count = TakeKeys(keys[..count]);
            written += _translator.Translate(keys[..count], destination[written..], _emulator.InputModes);
            TakeOthers();
            if (_width != 0 && written != 0)
            {
                // The window's size changes here: what follows is for the next call, after the host was told.
                break;
            }
        }

        return written;
    }

    /// <summary>A resize was reached; of several in a row only the last.</summary>
    public bool TryTakeResize(out int width, out int height)
    {
        (width, height) = (_width, _height);
        _width = 0;
        return width != 0;
    }

    /// <summary>The client said what its terminal is; of several the last.</summary>
    public bool TryTakeTerminal(out ClientTerminal terminal)
    {
        terminal = _terminal ?? ClientTerminal.Unknown;
        bool any = _terminal is not null;
        _terminal = null;
        return any;
    }

    /// <summary>States were given to the program whole: the newest one's number.</summary>
    public bool TryTakeGiven(out ulong number) => _given.TryTake(_taken, out number);

    private int TakeReplies(Span<byte> destination)
    {
        ReadOnlySpan<byte> replies = _emulator.Replies;
        if (replies.IsEmpty)
        {
            return 0;
        }

        int count = Math.Min(replies.Length - _repliesTaken, destination.Length);
        replies.Slice(_repliesTaken, count).CopyTo(destination);
        _repliesTaken += count;
        if (_repliesTaken == replies.Length)
        {
            _emulator.ClearReplies();
            _repliesTaken = 0;
        }

        return count;
    }

    private int TakeKeys(Span<byte> keys)
    {
        int count = 0;
        while (count < keys.Length && _taken < _end && _log[_taken].IsKey)
        {
            keys[count++] = _log[_taken++].KeyByte;
        }

        _log.SetConsumed(_taken);
        return count;
    }

    private void TakeOthers()
    {
        while (_taken < _end && !_log[_taken].IsKey)
        {
            if (_log[_taken].IsTerminal)
            {
                _terminal = TerminalCodec.Decode(_log.TerminalAt(_taken));
            }
            else
            {
                (_width, _height) = (_log[_taken].Width, _log[_taken].Height);
            }

            _taken++;
        }

        _log.SetConsumed(_taken);
    }
}
