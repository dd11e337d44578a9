namespace Roam.Terminal;

/// <summary>Breaks: keys behind which the cursor's place is unknown until they are answered, and finding the place again.</summary>
public sealed partial class PredictionEngine
{
    private TextLine _line;

    /// <summary>No character was typed since the last break.</summary>
    private bool _fresh = true;

    /// <summary>The last break is not answered yet.</summary>
    private bool _awaitsBreak;

    private ulong _breakDue;
    private long _breakKey;
    private bool _breakIsEnter;

    /// <summary>An Enter was typed since the line began.</summary>
    private bool _newLine = true;

    private void Break(bool isEnter, bool mayCarry)
    {
        _epoch++;
        _fresh = true;
        _awaitsBreak = true;
        _breakDue = _newestDue;
        _breakKey = _key;
        _breakIsEnter = isEnter;
        _newLine |= isEnter;
        if (!mayCarry)
        {
            _noCarry = true;
            _riskKey = _key;
        }

        _carriedPrompt = _carriedStatus = 0;
        _isCommandLine = false;
        _ahead.Clear();
        _motionsAhead.Clear();
    }

    /// <summary>The screen holds the answer: what was guessed before is over, what was typed since is placed from where the cursor stands.</summary>
    private void AnswerBreak(Screen screen)
    {
        _awaitsBreak = false;
        _trail.Clear();
        DropCellsBefore(_breakKey);
        if (_breakIsEnter)
        {
            LearnEnter(screen);
        }

        if (_motionsAhead.Count != 0)
        {
            PlaceMotionsAhead(screen);
        }
        else if (_ahead.Count != 0)
        {
            PlaceAhead(screen, mayCarry: _breakIsEnter);
        }
    }

    /// <summary>While nothing is typed, a prompt may still come: it is where the next line will begin, whatever the next key is.</summary>
    private void LookForPrompt(Screen screen)
    {
        Cursor cursor = screen.Cursor;
        if (_line.IsKnown && !_newLine && StandsOnLine(screen, cursor.Row, cursor.Column))
        {
            return;
        }

        int left = PaneEdges.LeftOf(screen, cursor.Row, cursor.Column);
        if (!PromptReader.Read(screen, cursor.Row, left, cursor.Column, mayBeEmpty: !IsFullScreen).IsNone)
        {
            BeginLine(screen, cursor.Row, cursor.Column);
        }
    }

    /// <summary>The line goes on if the same prompt still stands left of the cursor; else a new one begins here.</summary>
    private void BeginLine(Screen screen, int row, int column)
    {
        if (_line.IsKnown && !_newLine && StandsOnLine(screen, row, column))
        {
            _line.Row = row;
            _line.End = _line.HasMoved ? _line.End : column;
            return;
        }

        int left = PaneEdges.LeftOf(screen, row, column);
        _line = new TextLine
        {
            IsKnown = true,
            Row = row,
            Start = column,
            End = column,
            LeftEdge = left,
            PrefixHash = RowText.Hash(screen.CellsAt(row)[left..column]),
            Prompt = PromptReader.Read(screen, row, left, column, mayBeEmpty: !IsFullScreen),
        };
        _newLine = false;
    }

    private bool StandsOnLine(Screen screen, int row, int column) =>
        column >= _line.Start && _line.Start > _line.LeftEdge
        && RowText.Hash(screen.CellsAt(row)[_line.LeftEdge.._line.Start]) == _line.PrefixHash;

    /// <summary>
    /// Places what was typed ahead, from the real cursor. The screen may show some of it already: an echo comes before it is acknowledged. What is
    /// acknowledged must stand there, or there is no echo.
    /// </summary>
    private void PlaceAhead(Screen screen, bool mayCarry)
    {
        (int row, int column) = (screen.Cursor.Row, screen.Cursor.Column);
        int echoed = _ahead.IsSpoilt ? -1 : EchoedAhead(screen, row, column, out column);
        if (echoed < 0)
        {
            Forget();
            return;
        }

        BeginLine(screen, row, column);
        _fresh = false;
        if (echoed > 0 && !_line.Prompt.IsNone)
        {
            Credit(screen);
        }
        else if (mayCarry && MayCarry(screen))
        {
            Carry(screen);
        }

        _line.End = Math.Max(_line.End, screen.Cursor.Column);
        for (int i = echoed; i < _ahead.Count && !_awaitsBreak; i++)
        {
            (int codePoint, ulong dueFrame, long key) = _ahead[i];
            Put(codePoint, dueFrame, key, screen);
        }
    }

    /// <summary>How many of the characters typed ahead stand left of the cursor, and where they begin; -1 if not all that must. Blanks alone may be the prompt's own.</summary>
    private int EchoedAhead(Screen screen, int row, int column, out int start)
    {
        int answered = _ahead.CountAnswered(_lateAcked);
        for (int count = _ahead.Count; count >= answered; count--)
        {
            if (StandsBefore(screen.CellsAt(row), column, count, out start, out bool isBlank) && (!isBlank || count == answered))
            {
                return count;
            }
        }

        start = column;
        return -1;
    }

    private bool StandsBefore(ReadOnlySpan<Cell> cells, int column, int count, out int start, out bool isBlank)
    {
        start = column;
        isBlank = true;
        for (int i = count - 1; i >= 0; i--)
        {
            int codePoint = _ahead[i].CodePoint;
            int width = CharWidth.Of(codePoint);
            Cell typed = Cell.Of(codePoint, width, 0);
            if (start < width || !CellGuess.SameContents(cells[start - width], typed))
            {
                return false;
            }

            isBlank &= CellGuess.IsBlank(typed);
            start -= width;
        }

        return true;
    }

    /// <summary>No guess stands any more; typing goes on once every key so far is answered.</summary>
    private void Forget()
    {
        _grid.Clear(_width);
        _trail.Clear();
        _trials.Clear();
        Break(isEnter: false, mayCarry: true);
        _awaitsBreak = !IsAllAnswered;
    }

    /// <summary>The far terminal reads a secret: nothing that was typed is kept.</summary>
    private void DropForSecret()
    {
        if (_grid.Count != 0 || !_trail.IsEmpty || _ahead.Count != 0)
        {
            Forget();
        }
    }
}
