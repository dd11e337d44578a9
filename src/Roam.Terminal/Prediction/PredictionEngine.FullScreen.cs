namespace Roam.Terminal;

/// <summary>Keys of full-screen programs: motions, vi's modes, command lines on the last row.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>Right observations of a key before its motion is shown.</summary>
    private const int MotionsMin = 2;

    private const int ControlMotionsMin = 1;

    /// <summary>The same for a key that opens a command line on the last row.</summary>
    private const int CommandLinesMin = 1;

    private readonly MotionChain _motions = new();
    private ViSense _vi;

    /// <summary>True: the key was no text and is done with.</summary>
    private bool TypeInFullScreen(in TypedKey key, Screen screen, bool wasAnswered)
    {
        if (!IsFullScreen || (StandsAtPrompt(screen) && _motions.Count == 0))
        {
            _motions.Clear();
            return false;
        }

        ViMode vi = _vi.Mode;
        bool isText = key.Kind == TypedKeyKind.Printable;
        bool isTyping = !_fresh && _epoch <= _confirmedEpoch;
        if (vi == ViMode.Insert && key.Kind == TypedKeyKind.Escape)
        {
            return LeaveInsert(screen, wasAnswered);
        }

        if (isText && (isTyping || vi == ViMode.Insert))
        {
            _motions.Clear();
            return false;
        }

        if (isText && key.CodePoint is ':' or '/' or '?' && OpenCommandLine(key, screen, wasAnswered, vi))
        {
            return true;
        }

        if (!isTyping && TypeScroll(key, screen, wasAnswered))
        {
            return true;
        }

        if (isText && vi == ViMode.Normal && EnterInsert((char)Math.Min(key.CodePoint, char.MaxValue), screen, wasAnswered))
        {
            return true;
        }

        return TypeMotion(key, screen, wasAnswered, vi);
    }

    /// <summary>A shell's line in a pane of tmux or screen, or in an editor's terminal.</summary>
    private bool StandsAtPrompt(Screen screen) =>
        _line.IsKnown && !_newLine && !_line.Prompt.IsNone && StandsOnLine(screen, screen.Cursor.Row, screen.Cursor.Column);

    private bool TypeMotion(in TypedKey key, Screen screen, bool wasAnswered, ViMode vi)
    {
        Motion motion = MotionKeys.Of(key);
        if (motion == Motion.None || _motions.IsFull || !TryPlaceForMotion(screen, wasAnswered, out int row, out int column) || row == _height - 1)
        {
            _motions.Clear();
            return false;
        }

        TextRows rows = new(screen, PaneEdges.LeftOf(screen, row, column), PaneEdges.RightOf(screen, row, column), vi == ViMode.Normal);
        bool isVertical = motion is Motion.Up or Motion.Down;
        int goal = isVertical && _motions.GoalColumn >= 0 ? _motions.GoalColumn : column;
        if (rows.Move(motion, row, column, goal) is not { } to)
        {
            _motions.Clear();
            return false;
        }

        ulong context = ContextOf(RowText.Mix('M', StatusNow(screen)), key);
        bool isShown = _effects.Of(context).IsTrusted(MotionsNeeded(key, screen, vi));
        bool moves = to != (row, column);
        _motions.Push(new MotionPoint(context, to.Row, to.Column, row, screen.RowHash(row), moves, isShown, _newestDue));
        _motions.GoalColumn = isVertical ? goal : motion == Motion.LineEnd && vi == ViMode.Normal ? _width : -1;
        if (isShown)
        {
            MoveTo(to.Row, to.Column);
            return true;
        }

        if (key.Kind == TypedKeyKind.Printable)
        {
            return false;
        }

        Break(isEnter: false, mayCarry: true);
        return true;
    }

    private int MotionsNeeded(in TypedKey key, Screen screen, ViMode vi)
    {
        bool isCursorKey = key.Kind is not (TypedKeyKind.Printable or TypedKeyKind.Control);
        if (vi == ViMode.Normal || (isCursorKey && (vi == ViMode.Insert || _statuses.Of(StatusNow(screen)).Confirmed >= StatusEpochsMin)))
        {
            return 0;
        }

        return key.Kind == TypedKeyKind.Control ? ControlMotionsMin : MotionsMin;
    }

    /// <summary>The cursor is shown there at once; text typed next goes on from there.</summary>
    private void MoveTo(int row, int column)
    {
        _trail.Push(new TrailPoint(row, column, Math.Min(_epoch, _confirmedEpoch), _newestDue, _key));
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
        if (key is 'o' or 'O' or 's' or 'S' or 'c' or 'C')
        {
            _motions.Clear();
            Break(isEnter: false, mayCarry: true);
            return true;
        }

        if (key is not ('i' or 'a' or 'I' or 'A') || !TryPlaceForMotion(screen, wasAnswered, out int row, out int column) || row == _height - 1)
        {
            return false;
        }

        TextRows rows = new(screen, PaneEdges.LeftOf(screen, row, column), PaneEdges.RightOf(screen, row, column), standsOnLast: false);
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

        MoveTo(place.Row, place.Column);
        _line.IsCredited = false;
        _fresh = true;
        _vi.Expect(ViMode.Insert, _newestDue);
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
        int left = PaneEdges.LeftOf(screen, row, column);
        int to = column <= left ? left : column - WidthBefore(screen, row, column);
        MoveTo(row, to);
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

        _motions.Clear();
        _epoch++;
        _confirmedEpoch = _epoch;
        _carriedPrompt = _carriedStatus = 0;
        _fresh = false;
        _ahead.Clear();
        GuessRow row = _grid.RowFor(last);
        ReadOnlySpan<Cell> real = screen.CellsAt(last);
        for (int x = 1; x < _width; x++)
        {
            Guess(row, real, x, Cell.Blank(0), unknown: false, typed: false, _newestDue, _key);
        }

        Guess(row, real, 0, Cell.Of(key.CodePoint, 1, 0), unknown: false, typed: true, _newestDue, _key);
        _trail.Push(new TrailPoint(last, 1, _epoch, _newestDue, _key));
        _line = new TextLine { IsKnown = true, Row = last, Start = 1, End = 1, HasEchoed = true, IsCredited = true };
        _newLine = false;
        return true;
    }

    /// <summary>The mode line as it will be after the keys typed so far.</summary>
    private ulong StatusNow(Screen screen) => _vi.IsAhead ? (_vi.Mode == ViMode.Insert ? _vi.InsertStatus : 0) : StatusReader.Read(screen);
}
