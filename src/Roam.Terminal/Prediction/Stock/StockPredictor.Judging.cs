namespace Roam.Terminal;

/// <summary>Judging the guesses by the newest screen.</summary>
public sealed partial class StockPredictor
{
    private void Judge(long nowMicros, Screen screen)
    {
        _judgedMicros = nowMicros;
        if (screen.Width != _width || screen.Height != _height || !ReferenceEquals(screen.Tables, _tables))
        {
            _width = screen.Width;
            _height = screen.Height;
            _tables = screen.Tables;
            Reset();
        }

        _triggers.SeeLink(_sendIntervalMillis, _grid.Count != 0 || !_cursors.IsEmpty);
        for (int i = 0; i < _grid.Count; i++)
        {
            if (!JudgeRow(nowMicros, screen, _grid[i]))
            {
                Reset();
                return;
            }
        }

        _grid.RemoveEmptyRows();
        JudgeCursor(screen);
    }

    /// <summary>False if a guess that was shown is wrong: then none can be trusted.</summary>
    private bool JudgeRow(long nowMicros, Screen screen, GuessRow row)
    {
        ReadOnlySpan<Cell> real = screen.CellsAt(row.Row);
        for (int x = 0; x < real.Length; x++)
        {
            ref CellGuess guess = ref row.Cells[x];
            switch (guess.Judge(real[x], _lateAcked))
            {
                case Verdict.Pending:
                    _triggers.SeePending(nowMicros - guess.MadeMicros);
                    break;
                case Verdict.Right:
                    _triggers.SeeConfirmed(nowMicros, nowMicros - guess.MadeMicros);
                    _confirmedEpoch = Math.Max(_confirmedEpoch, guess.Epoch);
                    guess.IsActive = false;
                    TakeRendition(row, x + 1, real[x].Style);
                    break;
                case Verdict.RightWithoutCredit:
                    guess.IsActive = false;
                    break;
                case Verdict.Wrong when guess.Epoch <= ShownEpoch:
                    return false;
                case Verdict.Wrong:
                    KillEpoch(guess.Epoch, screen);
                    break;
            }
        }

        return true;
    }

    /// <summary>The program shows in which rendition it echoes; what was typed after will look the same.</summary>
    private static void TakeRendition(GuessRow row, int start, ushort style)
    {
        foreach (ref CellGuess guess in row.Cells.AsSpan(start))
        {
            guess.Replacement = guess.Replacement.WithStyle(style);
        }
    }

    /// <summary>The guesses of this tentative epoch and later ones go; typing goes on from where the cursor really is.</summary>
    private void KillEpoch(long epoch, Screen screen)
    {
        _grid.RemoveEpochsFrom(epoch);
        _cursors.RemoveEpochsFrom(epoch);
        BeginEpoch();
        _cursors.Push(new CursorGuess(screen.Cursor.Row, screen.Cursor.Column, _epoch, _frameSent + 1));
    }

    /// <summary>Only the newest guess is judged: the screen may already show what keys after an older one did.</summary>
    private void JudgeCursor(Screen screen)
    {
        if (_cursors.IsEmpty)
        {
            return;
        }

        CursorGuess newest = _cursors.Newest;
        if (newest.DueFrame <= _lateAcked && (newest.Row != screen.Cursor.Row || newest.Column != screen.Cursor.Column))
        {
            Reset();
            return;
        }

        _cursors.RemoveDue(_lateAcked);
    }
}
