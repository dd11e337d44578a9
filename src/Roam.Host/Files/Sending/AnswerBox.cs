namespace Roam.Host;

/// <summary>What a receiver said, kept by the thread that reads for the one that sends.</summary>
internal sealed class AnswerBox
{
    private readonly object _gate = new();
    private readonly FrameInput _input;
    private readonly Action<CopyNote> _note;
    private readonly Queue<Answer> _answers = new();
    private readonly UInt128[] _hashes = new UInt128[CopyLimits.HashesAheadMax];
    private int _hashStart;
    private int _hashCount;
    private long _hashedFile = -1;
    private long _stopped = -2;
    private bool _isFinished;
    private bool _isEnded;

    public AnswerBox(FrameInput input, Action<CopyNote> note)
    {
        _input = input;
        _note = note;
        new Thread(ReadAll) { IsBackground = true, Name = "answers" }.Start();
    }

    /// <summary>The connection is gone, or what came is no answer.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate)
            {
                return _isEnded;
            }
        }
    }

    public bool HasAnswer
    {
        get
        {
            lock (_gate)
            {
                return _answers.Count > 0 || _isEnded;
            }
        }
    }

    /// <summary>Waits. Null: there is none any more.</summary>
    public Answer? Take()
    {
        lock (_gate)
        {
            while (_answers.Count == 0 && !_isEnded)
            {
                _ = Monitor.Wait(_gate);
            }

            return _answers.Count > 0 ? _answers.Dequeue() : null;
        }
    }

    /// <summary>Hashes of this file are kept from now on, others thrown away; -1: all are.</summary>
    public void ExpectHashesOf(long id)
    {
        lock (_gate)
        {
            _hashedFile = id;
            _hashCount = 0;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits. False: there are none any more, or the receiver stopped this file.</summary>
    public bool TakeHash(out UInt128 hash)
    {
        lock (_gate)
        {
            while (_hashCount == 0 && !_isEnded && _stopped != _hashedFile)
            {
                _ = Monitor.Wait(_gate);
            }

            hash = default;
            if (_hashCount == 0)
            {
                return false;
            }

            hash = _hashes[_hashStart];
            _hashStart = (_hashStart + 1) % _hashes.Length;
            _hashCount--;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>The receiver takes no more of this file.</summary>
    public bool IsStopped(long id) => Volatile.Read(ref _stopped) == id;

    /// <summary>Waits for the end. True: the receiver has all in its place.</summary>
    public bool WaitForFinish()
    {
        lock (_gate)
        {
            while (!_isFinished && !_isEnded)
            {
                _ = Monitor.Wait(_gate);
            }

            return _isFinished;
        }
    }

    private void ReadAll()
    {
        bool isGood = true;
        while (isGood && !_isFinished && _input.Next(out FrameType type, out ReadOnlySpan<byte> payload))
        {
            isGood = Handle(type, payload);
        }

        lock (_gate)
        {
            _isEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Handle(FrameType type, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case FrameType.Answer:
                return Answer.Read(payload) is { } answer && Keep(answer);
            case FrameType.Hashes:
                return KeepHashes(payload);
            case FrameType.Stop:
                PayloadReader reader = new(payload);
                lock (_gate)
                {
                    _stopped = reader.Number();
                    Monitor.PulseAll(_gate);
                }

                return reader.IsDone;
            case FrameType.Finished:
                lock (_gate)
                {
                    _isFinished = true;
                    Monitor.PulseAll(_gate);
                }

                return true;
            case FrameType.Note:
                if (CopyNote.Read(payload) is { } note)
                {
                    _note(note);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>More answers than there can be questions: the peer does not keep to the rules.</summary>
    private bool Keep(Answer answer)
    {
        lock (_gate)
        {
            if (_answers.Count >= CopyLimits.WindowEntries)
            {
                return false;
            }

            _answers.Enqueue(answer);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    private bool KeepHashes(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long id = reader.Number();
        lock (_gate)
        {
            while (!reader.IsDone)
            {
                UInt128 hash = reader.Hash();
                while (_hashCount == _hashes.Length && _hashedFile == id)
                {
                    Monitor.PulseAll(_gate);
                    _ = Monitor.Wait(_gate);
                }

                if (!reader.IsGood)
                {
                    return false;
                }

                if (_hashedFile == id)
                {
                    _hashes[(_hashStart + _hashCount++) % _hashes.Length] = hash;
                }
            }

            Monitor.PulseAll(_gate);
            return true;
        }
    }
}
