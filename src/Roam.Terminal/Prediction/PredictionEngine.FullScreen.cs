namespace Roam.Terminal;

/// <summary>Keys of full-screen programs: motions, vi's modes, command lines on the last row.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>Right observations of a key before its motion is shown.</summary>
    private const int MotionsMin = 2;

    private const int ControlMotionsMin = 1;

    /// <summary>The same for a key that opens a command line on the last row.</summary>
    private const int CommandLinesMin = 1;

    /// <summary>Motion keys kept until their place is known; at the limit they are not shown.</summary>
    private const int MotionsAheadMax = 32;

    private readonly MotionChain _motions = new();
    private readonly Queue<(TypedKey Key, ulong DueFrame, long Number)> _motionsAhead = new(MotionsAheadMax);
    private readonly SearchPattern _search = new();
    private ViSense _vi;

    /// <summary>Where a command line was opened.</summary>
    private (int Row, int Column) _searchFrom = (-1, 0);

    /// <summary>The first key of a command that is not complete; 0: none.</summary>
    private char _viPrefix;

    /// <summary>The last Esc that left insert mode: its effect may come after its acknowledgement, since editors wait whether a sequence begins.</summary>
    private long _escapeKey;

    private long _escapeGraceUntilMicros;

    /// <summary>True: the key was no text and is done with.</summary>
    private bool TypeInFullScreen(in TypedKey key, Screen screen, bool wasAnswered)
    {
        if (!IsFullScreen || (StandsAtPrompt(screen) && _motions.Count == 0))
        {
            _motions.Clear();
            return false;
        }

        ViMode vi = _vi.Mode;
        if (key.Kind == TypedKeyKind.CarriageReturn && EndSearch(screen))
        {
            return true;
        }

        bool isText = key.Kind == TypedKeyKind.Printable;
        bool isTyping = !_fresh && _epoch <= _confirmedEpoch;
        if (key.Kind == TypedKeyKind.Escape)
        {
            _viPrefix = '\0';
            if (vi == ViMode.Insert)
            {
                return LeaveInsert(screen, wasAnswered);
            }
        }

        if (isText && (isTyping || vi == ViMode.Insert))
        {
            _motions.Clear();
            return false;
        }

        if (isText && vi == ViMode.Normal && TakePrefix((char)Math.Min(key.CodePoint, char.MaxValue)))
        {
            return true;
        }

        if (isText && key.CodePoint is ':' or '/' or '?' && OpenCommandLine(key, screen, wasAnswered, vi))
        {
            return true;
        }

        if (!isTyping && (TypeScroll(key, screen, wasAnswered) || TypeInList(key, screen)))
        {
            return true;
        }

        if (isText && vi == ViMode.Normal && EnterInsert((char)Math.Min(key.CodePoint, char.MaxValue), screen, wasAnswered))
        {
            return true;
        }

        if (TypeMotion(key, screen, wasAnswered, vi))
        {
            return true;
        }

        if (isText && vi == ViMode.Normal)
        {
            // A command: whatever it does, it is no text.
            Break(isEnter: false, mayCarry: true);
            return true;
        }

        return false;
    }

    /// <summary>A shell's line in a pane of tmux or screen, or in an editor's terminal.</summary>
    private bool StandsAtPrompt(Screen screen) =>
        _line.IsKnown && !_newLine && !_line.Prompt.IsNone && StandsOnLine(screen, screen.Cursor.Row, screen.Cursor.Column);

    private bool TypeMotion(in TypedKey key, Screen screen, bool wasAnswered, ViMode vi)
    {
        Motion motion = MotionOf(key, vi);
        if (motion == Motion.None || _motions.IsFull)
        {
            _motions.Clear();
            return false;
        }

        if (!TryPlaceForMotion(screen, wasAnswered, out int row, out int column))
        {
            return KeepMotion(key, screen, vi);
        }

        if (row == _height - 1 || !PlaceMotion(key, motion, screen, row, column, _newestDue, _key, out bool isShown))
        {
            _motions.Clear();
            return false;
        }

        if (isShown)
        {
            return true;
        }

        if (key.Kind == TypedKeyKind.Printable)
        {
            return false;
        }

        Break(isEnter: false, mayCarry: true);
        return true;
    }

    /// <summary>In a vi, control keys scroll, and the search keys are motions.</summary>
    private static Motion MotionOf(in TypedKey key, ViMode vi)
    {
        if (vi == ViMode.None)
        {
            return MotionKeys.Of(key);
        }

        return key.Kind switch
        {
            TypedKeyKind.Printable when key.CodePoint == 'n' => Motion.NextMatch,
            TypedKeyKind.Printable when key.CodePoint == 'N' => Motion.PreviousMatch,
            TypedKeyKind.Control => key.CodePoint switch { 0x0E or 0x0A => Motion.Down, 0x10 => Motion.Up, _ => Motion.None },
            TypedKeyKind.Meta => Motion.None,
            _ => MotionKeys.Of(key),
        };
    }

    /// <summary>Where it begins is not known yet: placed when it is.</summary>
    private bool KeepMotion(in TypedKey key, Screen screen, ViMode vi)
    {
        _motions.Clear();
        bool isTrusted = _awaitsBreak && IsTrustedMotion(key, screen, vi);
        if (!isTrusted || _motionsAhead.Count == MotionsAheadMax)
        {
            return false;
        }

        _motionsAhead.Enqueue((key, _newestDue, _key));
        return true;
    }

    private void PlaceMotionsAhead(Screen screen)
    {
        (int row, int column) = (screen.Cursor.Row, screen.Cursor.Column);
        while (_motionsAhead.TryDequeue(out (TypedKey Key, ulong DueFrame, long Number) ahead))
        {
            if (ahead.DueFrame <= _lateAcked)
            {
                continue;
            }

            if (_motions.IsFull || row == _height - 1
                || !PlaceMotion(ahead.Key, MotionOf(ahead.Key, _vi.Mode), screen, row, column, ahead.DueFrame, ahead.Number, out bool isShown) || !isShown)
            {
                Forget();
                return;
            }

            (row, column) = (_motions.Newest.Row, _motions.Newest.Column);
        }
    }

    /// <summary>False: where the key leads cannot be said.</summary>
    private bool PlaceMotion(in TypedKey key, Motion motion, Screen screen, int row, int column, ulong dueFrame, long number, out bool isShown)
    {
        isShown = false;
        ViMode vi = _vi.Mode;
        TextRows rows = RowsAt(screen, row, column, vi == ViMode.Normal);
        bool isVertical = motion is Motion.Up or Motion.Down;
        int goal = isVertical && _motions.GoalColumn >= 0 ? _motions.GoalColumn : column;
        (int Row, int Column)? place = motion switch
        {
            Motion.NextMatch => _search.Next(screen, row, column, _search.IsBackward),
            Motion.PreviousMatch => _search.Next(screen, row, column, !_search.IsBackward),
            _ => rows.Move(motion, row, column, goal),
        };
        if (place is not { } to)
        {
            return false;
        }

        ulong context = MotionContext(key, screen);
        isShown = IsTrustedMotion(key, screen, vi);
        bool moves = to != (row, column);
        _motions.Push(new MotionPoint(context, MotionGroup(key, screen), to.Row, to.Column, row, screen.RowHash(row), moves, isShown, dueFrame));
        _motions.GoalColumn = isVertical ? goal : motion == Motion.LineEnd && vi == ViMode.Normal ? _width : -1;
        if (isShown)
        {
            MoveTo(to.Row, to.Column, dueFrame, number);
        }

        return true;
    }

    private static TextRows RowsAt(Screen screen, int row, int column, bool standsOnLast)
    {
        int left = Gutter.EndOf(screen, row, PaneEdges.LeftOf(screen, row, column));
        return new TextRows(screen, left, PaneEdges.RightOf(screen, row, column), standsOnLast);
    }

    private ulong MotionContext(in TypedKey key, Screen screen) => ContextOf(RowText.Mix('M', StatusNow(screen)), key);

    /// <summary>A key whose like was right in this mode is believed before it was seen itself.</summary>
    private bool IsTrustedMotion(in TypedKey key, Screen screen, ViMode vi)
    {
        ref readonly EffectRecord record = ref _effects.Of(MotionContext(key, screen));
        int needed = MotionsNeeded(key, screen, vi);
        return record.IsTrusted(needed) || (record.IsUndisputed && _effects.Of(MotionGroup(key, screen)).IsTrusted(needed));
    }

    private ulong MotionGroup(in TypedKey key, Screen screen) => RowText.Mix(RowText.Mix('G', StatusNow(screen)), (ulong)GroupOf(key.Kind));

    private static TypedKeyKind GroupOf(TypedKeyKind kind) => kind switch
    {
        TypedKeyKind.Printable => kind,
        TypedKeyKind.Control or TypedKeyKind.Meta => TypedKeyKind.Control,
        _ => TypedKeyKind.Up,
    };

    private bool IsEditorMode(ulong status) => status != 0 && _statuses.Of(status).Confirmed >= StatusEpochsMin;

    private int MotionsNeeded(in TypedKey key, Screen screen, ViMode vi)
    {
        bool isCursorKey = key.Kind is not (TypedKeyKind.Printable or TypedKeyKind.Control or TypedKeyKind.Meta);
        if (vi == ViMode.Normal || (isCursorKey && (vi == ViMode.Insert || IsEditorMode(StatusNow(screen)))))
        {
            return 0;
        }

        return key.Kind is TypedKeyKind.Control or TypedKeyKind.Meta ? ControlMotionsMin : MotionsMin;
    }

    /// <summary>The cursor is shown there at once; text typed next goes on from there.</summary>
    private void MoveTo(int row, int column, ulong dueFrame, long number)
    {
        _trail.Push(new TrailPoint(row, column, Math.Min(_epoch, _confirmedEpoch), dueFrame, number));
        _ahead.Spoil();
        _line = new TextLine { IsKnown = true, Row = row, Start = column, End = column, HasMoved = true, HasEchoed = _line.HasEchoed, IsCredited = _line.IsCredited };
    }

    /// <summary>Where a motion begins: behind the ones before it, behind text that is shown, or at the cursor itself when all is answered.</summary>
    private bool TryPlaceForMotion(Screen screen, bool wasAnswered, out int row, out int column)
    {
        if (_motions.Count != 0)
        {
            (row, column) = (_motions.Newest.Row, _motions.Newest.Column);
            return true;
        }

        (row, column) = TypingPlace(screen);
        return wasAnswered || (!_awaitsBreak && !_trail.IsEmpty && _trail.Newest.Epoch <= _confirmedEpoch);
    }

    private void JudgeMotions(Screen screen)
    {
        int due = _motions.NewestDue(_lateAcked);
        if (due < 0)
        {
            return;
        }

        int reached = due;
        while (reached < _motions.Count && !IsReached(screen, _motions[reached]))
        {
            reached++;
        }

        if (reached == _motions.Count)
        {
            MotionPoint wrong = _motions[due];
            _effects.Of(wrong.Context).Count(isRight: false);
            _effects.Of(wrong.Group).Count(isRight: false);
            bool wasSeen = wrong.IsShown;
            _motions.Clear();
            if (wasSeen)
            {
                Forget();
            }

            return;
        }

        for (int i = 0; i <= due; i++)
        {
            MotionPoint point = _motions[i];
            if (point.Moves)
            {
                _effects.Of(point.Context).Count(isRight: true);
                _effects.Of(point.Group).Count(isRight: true);
            }
        }

        int goal = _motions.GoalColumn;
        _motions.DropThrough(due);
        _motions.GoalColumn = goal;
    }

    /// <summary>The cursor stands there and the row it came from is unchanged.</summary>
    private static bool IsReached(Screen screen, in MotionPoint point) =>
        screen.Cursor.Row == point.Row && screen.Cursor.Column == point.Column && screen.RowHash(point.FromRow) == point.FromHash;

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
    private bool TakePrefix(char key)
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
            return true;
        }

        bool goesOn = (before is 'c' or 'd' or 'y' && ViKeys.IsObjectPrefix(key)) || (before is >= '1' and <= '9' && (ViKeys.IsPrefix(key) || key == '0'));
        _viPrefix = !goesOn ? '\0' : before is >= '1' and <= '9' ? key : before;
        BreakInVi(before == 'c' && !goesOn ? ViMode.Insert : ViMode.None);
        return true;
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
        if (!_effects.Of(ContextOf(context, key)).IsTrusted(vi == ViMode.Normal ? 0 : CommandLinesMin))
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
        GuessRow guesses = _grid.RowFor(last);
        for (int x = 0; x < line.Length; x++)
        {
            line[x] = TextRun.Expected(guesses, screen.CellsAt(last), x, out _);
        }

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

    /// <summary>The mode line as it will be after the keys typed so far.</summary>
    private ulong StatusNow(Screen screen) => _vi.IsAhead ? (_vi.Mode == ViMode.Insert ? _vi.InsertStatus : 0) : StatusReader.Read(screen);
}
