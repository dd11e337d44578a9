namespace Roam.Terminal;

/// <summary>Backspace and the keys of line editors.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>Trials not answered yet; at the limit the oldest is not judged.</summary>
    private const int TrialsMax = 16;

    private readonly Queue<EffectTrial> _trials = new(TrialsMax + 1);

    private void TypeBackspace(Screen screen, bool wasAnswered)
    {
        if (_awaitsBreak)
        {
            _ahead.Spoil();
            if (_ahead.Count == 0)
            {
                Break(isEnter: _breakIsEnter, mayCarry: true);
            }

            return;
        }

        BeginTyping(screen, wasAnswered);
        if (IsFullScreen && Overwrites(screen))
        {
            // vi's replace mode puts back what was there.
            Break(isEnter: false, mayCarry: true);
            return;
        }

        (int y, int x) = TypingPlace(screen);
        bool isOnLine = _line.IsKnown && y == _line.Row && !_line.Prompt.IsNone;
        int left = isOnLine ? _line.Start : PaneEdges.LeftOf(screen, y, x);
        if (x <= left)
        {
            if (!isOnLine)
            {
                // Editors join lines, shells go back to the row above.
                Break(isEnter: false, mayCarry: true);
            }

            return;
        }

        if (!isOnLine && IsIndent(screen, y, left, x))
        {
            // A tab, or as many spaces as make one.
            Break(isEnter: false, mayCarry: true);
            return;
        }

        Delete(screen, y, x - WidthBefore(screen, y, x), x, cursor: x - WidthBefore(screen, y, x));
        if (_ahead.Count != 0)
        {
            _ahead.Spoil();
        }
    }

    private int WidthBefore(Screen screen, int y, int x) =>
        x >= 2 && TextRun.Expected(_grid.RowFor(y), screen.CellsAt(y), x - 1, out _).IsSpacer ? 2 : 1;

    private bool IsIndent(Screen screen, int y, int left, int x)
    {
        GuessRow row = _grid.RowFor(y);
        ReadOnlySpan<Cell> real = screen.CellsAt(y);
        for (int at = left; at < x; at++)
        {
            if (!CellGuess.IsBlank(TextRun.Expected(row, real, at, out _)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The cells [from, end) go; what is behind them moves left.</summary>
    private void Delete(Screen screen, int y, int from, int end, int cursor)
    {
        GuessRow row = _grid.RowFor(y);
        ReadOnlySpan<Cell> real = screen.CellsAt(y);
        int right = PaneEdges.RightOf(screen, y, end);
        bool isEditor = IsFullScreen && _line.Prompt.IsNone;
        int count = end - from;
        int runEnd = Math.Max(end, RunEnd(screen, row, y, end, right, isEditor));
        Cell vacated = FormField.BeginsAt(row, real, end) ? TextRun.Expected(row, real, end, out _) : Cell.Blank(real[from].Style);
        for (int x = from; x < runEnd; x++)
        {
            bool isFilled = x + count < runEnd;
            bool unknown = false;
            Cell moved = isFilled ? TextRun.Expected(row, real, x + count, out unknown) : vacated;
            bool leavesSight = !isFilled && runEnd == right && isEditor;
            Guess(row, real, x, moved, unknown || leavesSight, typed: false, _newestDue, _key);
        }

        if (_line.IsKnown && y == _line.Row)
        {
            _line.End = Math.Max(cursor, _line.End - count);
        }

        _trail.Push(new TrailPoint(y, cursor, _epoch, _newestDue, _key));
    }

    private void TypeEdit(in TypedKey key, Screen screen, bool wasAnswered)
    {
        if (_awaitsBreak)
        {
            Break(isEnter: _breakIsEnter, mayCarry: true);
            return;
        }

        BeginTyping(screen, wasAnswered);
        (int y, int x) = TypingPlace(screen);
        bool isOnLine = _line.IsKnown && y == _line.Row && !_line.Prompt.IsNone;
        if (!isOnLine || EditOf(key, screen, y, x) is not { } edit)
        {
            bool mayBePrefix = x <= _line.Start && key.Kind is TypedKeyKind.Control;
            _line.HasMoved |= key.Kind is not (TypedKeyKind.Right or TypedKeyKind.End);
            Break(isEnter: false, mayCarry: !mayBePrefix);
            return;
        }

        ulong context = PromptContext();
        ref EffectRecord record = ref _effects.Of(ContextOf(context, key));
        bool isShown = _epoch <= _confirmedEpoch && (LineEdit.MustBeSeen(key, IsFullScreen) ? record.IsTrusted(1) : record.IsUndisputed);
        if (edit.Column != x || edit.DeleteEnd > edit.DeleteFrom)
        {
            AddTrial(new EffectTrial(context, key, y, edit.Column, _newestDue));
        }

        if (!isShown)
        {
            _line.HasMoved = true;
            _line.End -= edit.DeleteEnd - edit.DeleteFrom;
            Break(isEnter: false, mayCarry: !LineEdit.MayBePrefix(key, IsFullScreen));
            return;
        }

        _ahead.Spoil();
        if (edit.DeleteEnd > edit.DeleteFrom)
        {
            Delete(screen, y, edit.DeleteFrom, edit.DeleteEnd, edit.Column);
        }
        else
        {
            _trail.Push(new TrailPoint(y, edit.Column, _epoch, _newestDue, _key));
        }

        _line.HasMoved |= edit.Column < _line.End;
    }

    private LineEdit? EditOf(in TypedKey key, Screen screen, int y, int x)
    {
        Span<Cell> cells = stackalloc Cell[Math.Min(_width, RowText.ColumnsMax)];
        if (_line.End > cells.Length || x > cells.Length)
        {
            return null;
        }

        TextRun.CopyExpected(_grid.RowFor(y), screen.CellsAt(y), cells);
        return LineEdit.Of(key, cells, _line.Start, Math.Max(_line.End, x), x);
    }

    /// <summary>All lines at prompts of one kind: a key that one of them obeys, the others do.</summary>
    private ulong PromptContext() => RowText.Mix(IsFullScreen ? 'p' : 'P', _line.Prompt.Hash);

    private static ulong ContextOf(ulong context, in TypedKey key) => RowText.Mix(RowText.Mix(context, (ulong)key.Kind), (ulong)key.CodePoint);

    private void AddTrial(in EffectTrial trial)
    {
        if (_trials.Count == TrialsMax)
        {
            _trials.Dequeue();
        }

        _trials.Enqueue(trial);
    }

    /// <summary>Only the newest answered key tells something: the cursor has gone on since the others.</summary>
    private void JudgeTrials(Screen screen)
    {
        while (_trials.TryPeek(out EffectTrial trial) && trial.DueFrame <= _lateAcked)
        {
            _trials.Dequeue();
            bool isNewest = trial.DueFrame == _newestDue;
            bool isRight = screen.Cursor.Row == trial.Row && screen.Cursor.Column == trial.Column;
            if (isRight || isNewest)
            {
                _effects.Of(ContextOf(trial.Context, trial.Key)).Count(isRight);
            }
        }
    }
}
