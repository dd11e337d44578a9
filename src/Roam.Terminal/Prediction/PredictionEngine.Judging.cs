namespace Roam.Terminal;

/// <summary>Judging the guesses by the screens that arrive.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>How long after its acknowledgement the effect of an Esc may still come: vim's ttimeoutlen is 100 ms, neovim's 50.</summary>
    private const long EscapeGraceMicros = 100_000;

    private void SeeAges(long nowMicros)
    {
        for (int i = 0; i < _grid.Count; i++)
        {
            foreach (ref readonly CellGuess guess in _grid[i].Cells.AsSpan())
            {
                if (guess.IsActive && _lateAcked < guess.DueFrame)
                {
                    _triggers.SeePending(nowMicros - guess.MadeMicros);
                }
            }
        }
    }

    private void JudgeCells(long nowMicros, Screen screen)
    {
        for (int i = 0; i < _grid.Count; i++)
        {
            GuessRow row = _grid[i];
            ReadOnlySpan<Cell> real = screen.CellsAt(row.Row);
            for (int x = 0; x < real.Length; x++)
            {
                ref CellGuess guess = ref row.Cells[x];
                if (guess.IsActive && !JudgeCell(nowMicros, screen, row, real, x, ref guess))
                {
                    return;
                }
            }
        }
    }

    /// <summary>False: guesses were dropped beyond this one, and the round is over.</summary>
    private bool JudgeCell(long nowMicros, Screen screen, GuessRow row, ReadOnlySpan<Cell> real, int x, ref CellGuess guess)
    {
        switch (guess.Judge(real[x], _lateAcked))
        {
            case Verdict.Pending:
                if (guess.IsTyped && guess.Epoch > _confirmedEpoch && IsEchoedEarly(screen, row.Row, x, guess, real[x]))
                {
                    CreditCell(screen, guess, real[x], row, x);
                }

                return true;
            case Verdict.Right:
                _triggers.SeeConfirmed(nowMicros, nowMicros - guess.MadeMicros);
                TakeRendition(row, x + 1, guess.Epoch, real[x].Style);
                if (guess.IsTyped)
                {
                    // What a deletion or an insert moved is no echo: a field of stars moves, too.
                    CreditCell(screen, guess, real[x], row, x);
                }

                guess.IsActive = false;
                return true;
            case Verdict.RightWithoutCredit:
                // A suggestion showed the same before, or it is a space: the cursor that has passed it is proof enough, but for vi's, where space moves the cursor.
                bool mayBeMotion = CellGuess.IsBlank(guess.Replacement) && (IsFullScreen || !CellGuess.IsBlank(real[x]));
                if (guess.IsTyped && !guess.IsUnknown && !mayBeMotion && HasPassed(screen.Cursor, row.Row, x, guess.Key))
                {
                    CreditCell(screen, guess, real[x], row, x);
                }

                guess.IsActive = false;
                return true;
            default:
                return JudgeWrong(screen, row, ref guess);
        }
    }

    private void CreditCell(Screen screen, in CellGuess guess, Cell real, GuessRow row, int x)
    {
        if (_line.IsKnown && !_line.IsCredited && row.Row == _line.Row && x == _line.Start && !_line.Prompt.IsNone)
        {
            _prompts.Of(_line.Prompt.Hash).EchoStyle = screen.Tables.Styles[real.Style];
        }

        CreditEpoch(guess.Epoch, guess.Key, screen);
    }

    private bool JudgeWrong(Screen screen, GuessRow row, ref CellGuess guess)
    {
        if (_awaitsBreak)
        {
            // The screen may show already what Enter or Tab did: it proves nothing about the keys before.
            guess.IsActive = false;
            return true;
        }

        if (!guess.IsTyped)
        {
            if (guess.Epoch <= _confirmedEpoch && IsFullScreen && _line.Prompt.IsNone)
            {
                _statuses.Of(StatusReader.Read(screen)).Overwrites = true;
            }

            DropShifted(row);
            return true;
        }

        if (guess.Epoch <= _confirmedEpoch)
        {
            ForgetWrong();
        }
        else
        {
            KillTentative(screen);
        }

        return false;
    }

    /// <summary>The frame was made before the echo ack was due, and yet the character stands there, behind it the cursor, and before it all that was typed earlier.</summary>
    private bool IsEchoedEarly(Screen screen, int row, int x, in CellGuess guess, Cell real) =>
        guess.WouldEarnCredit(real) && HasPassed(screen.Cursor, row, x, guess.Key) && EarlierMatch(screen, guess.Epoch, guess.Key);

    /// <summary>The cursor stands where this key or a later one takes it, and behind the cell: one that never moved does so too, when a backspace followed.</summary>
    private bool HasPassed(in Cursor cursor, int row, int x, long key) =>
        (cursor.Row > row || (cursor.Row == row && cursor.Column > x)) && _trail.PassesKey(cursor, key);

    private bool EarlierMatch(Screen screen, long epoch, long key)
    {
        for (int i = 0; i < _grid.Count; i++)
        {
            ReadOnlySpan<Cell> real = screen.CellsAt(_grid[i].Row);
            Span<CellGuess> cells = _grid[i].Cells;
            for (int x = 0; x < cells.Length; x++)
            {
                ref readonly CellGuess guess = ref cells[x];
                if (guess.IsActive && guess.IsTyped && guess.Epoch == epoch && guess.Key < key && !CellGuess.SameContents(guess.Replacement, real[x]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The program shows in which rendition it echoes; what was typed after will look the same.</summary>
    private static void TakeRendition(GuessRow row, int start, long epoch, ushort style)
    {
        foreach (ref CellGuess guess in row.Cells.AsSpan(start))
        {
            if (guess.IsActive && guess.IsTyped && guess.Epoch == epoch)
            {
                guess.Replacement = guess.Replacement.WithStyle(style);
            }
        }
    }

    private static void DropShifted(GuessRow row)
    {
        foreach (ref CellGuess guess in row.Cells.AsSpan())
        {
            guess.IsActive &= guess.IsTyped;
        }
    }

    private void DropCellsBefore(long key)
    {
        for (int i = 0; i < _grid.Count; i++)
        {
            foreach (ref CellGuess guess in _grid[i].Cells.AsSpan())
            {
                guess.IsActive &= guess.Key > key;
            }
        }
    }

    /// <summary>The cursor must stand where the newest answered key takes it, or a later one.</summary>
    private void JudgeCursor(Screen screen)
    {
        int due = _trail.NewestDue(_lateAcked);
        if (due < 0)
        {
            return;
        }

        if (!_trail.Passes(screen.Cursor, due))
        {
            if (_awaitsBreak)
            {
                _trail.Clear();
            }
            else if (_trail[due].Key == _escapeKey && HasEscapeGrace())
            {
                return;
            }
            else if (_trail[due].Epoch <= _confirmedEpoch)
            {
                ForgetWrong();
            }
            else
            {
                KillTentative(screen);
            }

            return;
        }

        _trail.DropBefore(due);
        if (IsAllAnswered && _trail.Count == 1)
        {
            // From here on the cursor itself is the truth: the program may move it without any key.
            _trail.Clear();
        }
    }

    private bool HasEscapeGrace()
    {
        if (_escapeGraceUntilMicros == 0)
        {
            _escapeGraceUntilMicros = _seenMicros + EscapeGraceMicros;
        }

        return _seenMicros < _escapeGraceUntilMicros;
    }

    /// <summary>What was shown is wrong: nothing of it can be trusted, nor who vouched for it.</summary>
    private void ForgetWrong()
    {
        Distrust();
        Forget();
        _hold = true;
    }

    /// <summary>Nobody saw it. Typing goes on from where the cursor really is.</summary>
    private void KillTentative(Screen screen)
    {
        _line.HasRefused = true;
        _hold |= !_line.Prompt.IsNone;
        _grid.RemoveEpochsFrom(_confirmedEpoch + 1);
        _trail.Clear();
        _epoch++;
        _ahead.DropAnswered(_lateAcked);
        if (_ahead.Count != 0)
        {
            PlaceAhead(screen, mayCarry: false);
        }
        else
        {
            _fresh = true;
        }
    }
}
