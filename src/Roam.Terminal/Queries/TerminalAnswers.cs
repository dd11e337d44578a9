namespace Roam.Terminal;

/// <summary>
/// Takes the terminal's answers out of what is typed. Keys go through at once and in order; only what may be the beginning of an answer is held, for
/// <see cref="KeyHoldMillis"/> when it may as well be a key. Each answer is expected once, none inside a bracketed paste. When the last one has come, or after
/// <see cref="LateMillis"/>, it is out of the way. Pure: time comes in as microseconds.
/// </summary>
public sealed class TerminalAnswers
{
    /// <summary>The answers are awaited for so long: later nobody waits for them, but they are still recognised.</summary>
    public const int TimeoutMillis = 2_000;

    /// <summary>A late answer (a suspended laptop, a very slow line) is still taken out for so long, rather than typed into the remote program.</summary>
    public const int LateMillis = 30_000;

    /// <summary>A terminal in between may answer DA1 itself and pass other questions on: those answers are taken out for so long after it.</summary>
    public const int AfterFenceMillis = 1_000;

    /// <summary>ESC, or "ESC [", may be a key of its own: it is held for so long. A terminal writes an answer at once.</summary>
    public const int KeyHoldMillis = 10;

    /// <summary>What can only be an answer waits so long for its rest; then it goes through, so that nothing typed is ever lost.</summary>
    public const int AnswerHoldMillis = 1_000;

    /// <summary>A longer answer is none, and goes through as it came.</summary>
    public const int HeldBytesMax = 512;

    /// <summary>Questions for the cursor that are counted at once; a terminal that answers none of so many answers none.</summary>
    private const int CursorsMax = 64;

    private readonly byte[] _held = new byte[HeldBytesMax];
    private int _heldCount;
    private long _heldUntil;
    private AnswerKinds _expected;
    private long _awaitedUntil;
    private long _expectedUntil;
    private PasteTracker _paste;
    private int _cursorsExpected;
    private int? _cursorRow;
    private long _cursorUntil;
    private long _cursorAwaitedUntil;

    /// <summary>What has been learned so far.</summary>
    public TerminalFacts Facts { get; private set; } = TerminalFacts.None;

    /// <summary>Bytes that <see cref="Filter"/> and <see cref="Release"/> may write beyond those that came in.</summary>
    public int HeldCount => _heldCount;

    /// <summary>The queries were sent.</summary>
    public void Expect(long nowMicros)
    {
        _expected = AnswerKinds.All;
        _awaitedUntil = nowMicros + (TimeoutMillis * 1000L);
        _expectedUntil = nowMicros + (LateMillis * 1000L);
    }

    /// <summary>The cursor's place was asked for (DSR 6). For so long the answer is awaited, and nothing that looks like one is a key.</summary>
    public void ExpectCursor(long nowMicros, int awaitMillis)
    {
        _cursorsExpected = Math.Min(_cursorsExpected + 1, CursorsMax);
        _cursorRow = null;
        _cursorAwaitedUntil = nowMicros + (awaitMillis * 1000L);
        _cursorUntil = nowMicros + (LateMillis * 1000L);
    }

    /// <summary>The cursor's row (0 = top), when the answer to the last question has come.</summary>
    public bool TryTakeCursor(out int row)
    {
        row = _cursorRow ?? 0;
        bool isThere = _cursorRow is not null && _cursorsExpected == 0;
        _cursorRow = isThere ? null : _cursorRow;
        return isThere;
    }

    /// <summary>The last answer has not come yet and may still come: a program that ends now should take it along.</summary>
    public bool IsAwaited(long nowMicros) => (_expected & AnswerKinds.DeviceAttributes) != 0 && nowMicros < _awaitedUntil;

    /// <summary>When <see cref="Release"/> is due.</summary>
    public bool NextTimeout(out long micros)
    {
        micros = _heldUntil;
        return _heldCount != 0;
    }

    /// <summary>The keys among the bytes that came; <paramref name="keys"/> must have room for them and <see cref="HeldCount"/> more. Returns how many.</summary>
    public int Filter(long nowMicros, ReadOnlySpan<byte> input, Span<byte> keys)
    {
        if (nowMicros >= _expectedUntil)
        {
            _expected = AnswerKinds.None;
        }

        if (nowMicros >= _cursorUntil)
        {
            _cursorsExpected = 0;
        }

        int count = Release(nowMicros, keys);
        foreach (byte b in input)
        {
            if (_heldCount == 0 && (b != '\e' || ExpectsNothing || _paste.IsInside))
            {
                Pass(b, keys, ref count);
                continue;
            }

            _held[_heldCount++] = b;
            Judge(nowMicros, keys, ref count);
        }

        return count;
    }

    /// <summary>Gives back what was held too long.</summary>
    public int Release(long nowMicros, Span<byte> keys)
    {
        int count = 0;
        if (_heldCount != 0 && (nowMicros >= _heldUntil || ExpectsNothing))
        {
            PassHeld(_heldCount, keys, ref count);
        }

        return count;
    }

    private bool ExpectsNothing => _expected == AnswerKinds.None && _cursorsExpected == 0;

    private void Judge(long nowMicros, Span<byte> keys, ref int count)
    {
        while (_heldCount != 0)
        {
            TerminalFacts facts = Facts;
            AnswerMatch match = AnswerGrammar.Judge(_held.AsSpan(0, _heldCount), ref facts, out AnswerKinds kind);
            if (match == AnswerMatch.Whole && (_expected & kind) != 0)
            {
                Take(nowMicros, kind, facts);
                return;
            }

            if (_cursorsExpected != 0 && match == AnswerMatch.None)
            {
                match = AnswerGrammar.JudgeCursor(_held.AsSpan(0, _heldCount), nowMicros < _cursorAwaitedUntil, out int row);
                if (match == AnswerMatch.Whole)
                {
                    _heldCount = 0;
                    _cursorsExpected--;
                    _cursorRow = row - 1;
                    return;
                }
            }

            if (match is AnswerMatch.Ambiguous or AnswerMatch.Partial && _heldCount < HeldBytesMax)
            {
                _heldUntil = nowMicros + ((match == AnswerMatch.Ambiguous ? KeyHoldMillis : AnswerHoldMillis) * 1000L);
                return;
            }

            // Keys. Another answer can begin at an ESC among them only.
            int next = _held.AsSpan(1, _heldCount - 1).IndexOf((byte)'\e') + 1;
            PassHeld(next == 0 ? _heldCount : next, keys, ref count);
            if (_paste.IsInside)
            {
                PassHeld(_heldCount, keys, ref count);
            }
        }
    }

    private void Take(long nowMicros, AnswerKinds kind, TerminalFacts facts)
    {
        Facts = facts;
        _heldCount = 0;
        _expected &= ~kind;
        if (kind == AnswerKinds.DeviceAttributes)
        {
            _expectedUntil = Math.Min(_expectedUntil, nowMicros + (AfterFenceMillis * 1000L));
        }
    }

    private void PassHeld(int length, Span<byte> keys, ref int count)
    {
        foreach (byte b in _held.AsSpan(0, length))
        {
            Pass(b, keys, ref count);
        }

        _held.AsSpan(length, _heldCount - length).CopyTo(_held);
        _heldCount -= length;
    }

    private void Pass(byte key, Span<byte> keys, ref int count)
    {
        _paste.Next(key);
        keys[count++] = key;
    }
}
