namespace Roam.Terminal;

/// <summary>vi: its modes, its commands of several keys, its command lines and searches.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>The same for a key that opens a command line on the last row.</summary>
    private const int CommandLinesMin = 1;

    private readonly SearchPattern _search = new();
    private ViSense _vi;

    /// <summary>Where a command line was opened.</summary>
    private (int Row, int Column) _searchFrom = (-1, 0);

    /// <summary>The first key of a command that is not complete; 0: none.</summary>
    private char _viPrefix;

    private PendingCommand _pendingCommand;

    /// <summary>The epoch is that of a command line opened on the last row.</summary>
    private bool _isCommandLine;

    /// <summary>The last Esc that left insert mode: its effect may come after its acknowledgement, since editors wait whether a sequence begins.</summary>
    private long _escapeKey;

    private long _escapeGraceUntilMicros;

    /// <summary>A command: whatever it does, it is no text.</summary>
    private bool TypeInVi(in TypedKey key, Screen screen, bool wasAnswered)
    {
        char command = (char)Math.Min(key.CodePoint, char.MaxValue);
        bool isTaken = TakePrefix(command, screen)
            || (command is ':' or '/' or '?' && OpenCommandLine(key, screen, wasAnswered, ViMode.Normal))
            || EnterInsert(command, screen, wasAnswered)
            || TypeMotion(key, screen, wasAnswered, ViMode.Normal);
        if (!isTaken)
        {
            Break(isEnter: false, mayCarry: true);
        }

        return true;
    }

    /// <summary>i, a, I, A and R of a vi: the cursor goes where text will be typed, which is shown at once if insert mode has echoed before.</summary>
    private bool EnterInsert(char key, Screen screen, bool wasAnswered)
    {
        if (ViKeys.InsertsElsewhere(key))
        {
            BreakInVi(ViMode.Insert);
            return true;
        }

        if (key == 'x')
        {
            return DeleteInVi(screen, wasAnswered);
        }

        if (key is not ('i' or 'a' or 'I' or 'A') || !TryPlaceForMotion(screen, wasAnswered, out int row, out int column) || row == _height - 1)
        {
            return false;
        }

        TextRows rows = RowsAt(screen, row, column, standsOnLast: false);
        (int Row, int Column)? to = key switch
        {
            'i' => (row, column),
            'a' => rows.Move(Motion.Right, row, column, column) ?? (row, column),
            'I' => rows.Move(Motion.FirstGlyph, row, column, column),
            _ => rows.Move(Motion.LineEnd, row, column, column),
        };
        _motions.Clear();
        if (to is not { } place)
        {
            Break(isEnter: false, mayCarry: true);
            return true;
        }

        if (_epoch <= _confirmedEpoch)
        {
            _epoch++;
        }

        MoveTo(place.Row, place.Column, _newestDue, _key);
        _line.IsCredited = false;
        _fresh = true;
        _vi.Expect(ViMode.Insert, _newestDue);
        return true;
    }

    /// <summary>Commands of several keys: what they do is not guessed, but their second key is no motion.</summary>
    private bool TakePrefix(char key, Screen screen)
    {
        char before = _viPrefix;
        if (before == '\0')
        {
            if (!ViKeys.IsPrefix(key))
            {
                return false;
            }

            _viPrefix = key;
            BreakInVi(ViMode.None);
            ShowPending(key, screen);
            return true;
        }

        bool goesOn = (before is 'c' or 'd' or 'y' && ViKeys.IsObjectPrefix(key)) || (before is >= '1' and <= '9' && (ViKeys.IsPrefix(key) || key == '0'));
        _viPrefix = !goesOn ? '\0' : before is >= '1' and <= '9' ? key : before;
        BreakInVi(before == 'c' && !goesOn ? ViMode.Insert : ViMode.None);
        return true;
    }

    /// <summary>Judged as a moved cell is: when it does not appear, it goes, and nothing else with it.</summary>
    private void ShowPending(char key, Screen screen)
    {
        if (_pendingCommand.IsKnown && screen.CellsAt(_height - 1)[_pendingCommand.Column].IsBlank)
        {
            long epoch = _epoch;
            _epoch = Math.Min(_epoch, _confirmedEpoch);
            ReadOnlySpan<Cell> real = screen.CellsAt(_height - 1);
            Guess(_grid.RowFor(_height - 1), real, _pendingCommand.Column, Cell.Of(key, 1, 0), unknown: false, typed: false, _newestDue, _key + 1);
            _epoch = epoch;
        }

        _pendingCommand.Await(key, _newestDue);
    }

    private void BreakInVi(ViMode expected)
    {
        _motions.Clear();
        Break(isEnter: false, mayCarry: true);
        if (expected != ViMode.None)
        {
            _vi.Expect(expected, _newestDue);
        }
    }

    private bool DeleteInVi(Screen screen, bool wasAnswered)
    {
        if (!TryPlaceForMotion(screen, wasAnswered, out int row, out int column) || row == _height - 1)
        {
            return false;
        }

        int end = RowsAt(screen, row, column, standsOnLast: false).EndOf(row);
        if (column + 1 >= end)
        {
            return false;
        }

        _motions.Clear();
        MoveTo(row, column, _newestDue, _key);
        long epoch = _epoch;
        _epoch = Math.Min(_epoch, _confirmedEpoch);
        Delete(screen, row, column, column + 1, column);
        _epoch = epoch;
        return true;
    }

    /// <summary>Esc in insert mode: one to the left.</summary>
    private bool LeaveInsert(Screen screen, bool wasAnswered)
    {
        _vi.Expect(ViMode.Normal, _newestDue);
        if (!TryPlaceForMotion(screen, wasAnswered, out int row, out int column))
        {
            return false;
        }

        _motions.Clear();
        int left = Gutter.EndOf(screen, row, PaneEdges.LeftOf(screen, row, column));
        int to = column <= left ? left : column - WidthBefore(screen, row, column);
        MoveTo(row, to, _newestDue, _key);
        _escapeKey = _key;
        _escapeGraceUntilMicros = 0;
        _epoch++;
        _fresh = true;
        return true;
    }

    /// <summary>A colon or a slash on the last row: vi, less and what imitates them.</summary>
    private bool OpenCommandLine(in TypedKey key, Screen screen, bool wasAnswered, ViMode vi)
    {
        if (!wasAnswered && vi != ViMode.Normal && screen.Cursor.Row != _height - 1)
        {
            return false;
        }

        ulong context = RowText.Mix('C', vi == ViMode.Normal ? 1ul : 0);
        int last = _height - 1;
        AddTrial(new EffectTrial(context, key, last, 1, _newestDue));
        bool isConventional = vi == ViMode.Normal || (_scrolled.Keys.Moves > 0 && key.CodePoint != ':');
        if (!_effects.Of(ContextOf(context, key)).IsTrusted(isConventional ? 0 : CommandLinesMin))
        {
            return false;
        }

        _searchFrom = vi == ViMode.Normal && TryPlaceForMotion(screen, wasAnswered, out int row, out int column) ? (row, column) : (-1, 0);
        _motions.Clear();
        _grid.RemoveEpochsFrom(_confirmedEpoch + 1);
        _epoch++;
        _confirmedEpoch = _epoch;
        _carriedPrompt = _carriedStatus = 0;

        // Wherever the cursor was: the place is known now.
        _fresh = _awaitsBreak = false;
        _trail.Clear();
        _ahead.Clear();
        GuessRow guesses = _grid.RowFor(last);
        ReadOnlySpan<Cell> real = screen.CellsAt(last);
        for (int x = 1; x < _width; x++)
        {
            Guess(guesses, real, x, Cell.Blank(0), unknown: false, typed: false, _newestDue, _key);
        }

        Guess(guesses, real, 0, Cell.Of(key.CodePoint, 1, 0), unknown: false, typed: true, _newestDue, _key);
        _trail.Push(new TrailPoint(last, 1, _epoch, _newestDue, _key));
        _line = new TextLine { IsKnown = true, Row = last, Start = 1, End = 1, HasEchoed = true, IsCredited = true };
        _isCommandLine = true;
        _newLine = false;
        return true;
    }

    /// <summary>Enter behind a vi's search: the cursor goes to the first match, if that is on the screen.</summary>
    private bool EndSearch(Screen screen)
    {
        int last = _height - 1;
        (int row, int column) = TypingPlace(screen);
        if (_vi.Mode != ViMode.Normal || row != last || _epoch > _confirmedEpoch || _fresh || column <= 1)
        {
            return false;
        }

        Span<Cell> line = stackalloc Cell[Math.Min(column, SearchPattern.LengthMax + 2)];
        TextRun.CopyExpected(_grid.RowFor(last), screen.CellsAt(last), line);
        _search.Set(line);
        if (_searchFrom.Row < 0 || _search.Next(screen, _searchFrom.Row, _searchFrom.Column, _search.IsBackward) is not { } to)
        {
            return false;
        }

        Break(isEnter: false, mayCarry: true);
        _awaitsBreak = false;
        _motions.Clear();
        _motions.Push(new MotionPoint(RowText.Mix('/', 1), RowText.Mix('/', 2), to.Row, to.Column, to.Row, screen.RowHash(to.Row), Moves: true, IsShown: true, _newestDue));
        MoveTo(to.Row, to.Column, _newestDue, _key);
        return true;
    }
}
