namespace Roam.Terminal;

/// <summary>Keys that move the cursor of a full-screen program: where they lead by convention, whether this program keeps it, and what is shown of it.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>Right observations of a key before its motion is shown.</summary>
    private const int MotionsMin = 2;

    private const int ControlMotionsMin = 1;

    /// <summary>Motion keys kept until their place is known; at the limit they are not shown.</summary>
    private const int MotionsAheadMax = 32;

    private readonly MotionChain _motions = new();
    private Cell[] _typedRow = [];
    private readonly Queue<(TypedKey Key, ulong DueFrame, long Number)> _motionsAhead = new(MotionsAheadMax);

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
            if (isVertical)
            {
                // Perhaps another field: what is typed there must be trusted anew.
                _epoch++;
                _fresh = true;
            }
        }

        return true;
    }

    private TextRows RowsAt(Screen screen, int row, int column, bool standsOnLast)
    {
        if (_typedRow.Length != _width)
        {
            _typedRow = new Cell[_width];
        }

        TextRun.CopyExpected(_grid.RowFor(row), screen.CellsAt(row), _typedRow);
        int left = Gutter.EndOf(screen, row, PaneEdges.LeftOf(screen, row, column));
        return new TextRows(screen, left, PaneEdges.RightOf(screen, row, column), standsOnLast, row, _typedRow);
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
}
