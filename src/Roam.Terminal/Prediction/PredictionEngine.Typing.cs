namespace Roam.Terminal;

/// <summary>What each key is guessed to do; characters.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>Columns at the right edge where editors differ: some wrap, some scroll sideways.</summary>
    private const int EdgeColumns = 4;

    private void Type(TypedKey key, Screen screen, bool wasAnswered)
    {
        if (_far.ReadsSecret && key.Kind is TypedKeyKind.Printable or TypedKeyKind.Backspace)
        {
            // Not even kept: it must not be placed later.
            Break(isEnter: false, mayCarry: false);
            return;
        }

        if (MayLeaveField(key))
        {
            _leftField = true;
            _leftFieldKey = _key;
        }

        if (TypeInFullScreen(key, screen, wasAnswered))
        {
            return;
        }

        switch (key.Kind)
        {
            case TypedKeyKind.Printable when CharWidth.Of(key.CodePoint) is 1 or 2:
                TypeCharacter(key.CodePoint, screen, wasAnswered);
                break;
            case TypedKeyKind.Backspace:
            case TypedKeyKind.Control when key.CodePoint == '\b':
                TypeBackspace(screen, wasAnswered);
                break;
            case TypedKeyKind.CarriageReturn:
            case TypedKeyKind.Control when key.CodePoint == '\n':
                TypeEnter(screen, wasAnswered);
                break;
            case TypedKeyKind.Left or TypedKeyKind.Right or TypedKeyKind.Home or TypedKeyKind.End or TypedKeyKind.Delete:
            case TypedKeyKind.Control when LineEdit.IsEditControl(key.CodePoint):
            case TypedKeyKind.Meta when LineEdit.IsEditMeta(key.CodePoint):
                TypeEdit(key, screen, wasAnswered);
                break;
            case TypedKeyKind.Escape:
                // A line editor in vi's mode takes commands from here on.
                Break(isEnter: false, mayCarry: IsFullScreen && _line.Prompt.IsNone);
                break;
            case TypedKeyKind.Up or TypedKeyKind.Down or TypedKeyKind.PageUp or TypedKeyKind.PageDown:
            case TypedKeyKind.Control when IsKnownBreak(key.CodePoint):
                Break(isEnter: false, mayCarry: true);
                break;
            default:
                Break(isEnter: false, mayCarry: key.Kind == TypedKeyKind.Printable);
                break;
        }
    }

    private static bool MayLeaveField(in TypedKey key) => key.Kind switch
    {
        TypedKeyKind.Printable or TypedKeyKind.Backspace or TypedKeyKind.Delete or TypedKeyKind.Left or TypedKeyKind.Right or TypedKeyKind.Home or TypedKeyKind.End => false,
        TypedKeyKind.Control => key.CodePoint != '\b',
        _ => true,
    };

    /// <summary>Completion, history, interrupt, end of file, redraw: what follows is typed at the same kind of place. Any other control may be a multiplexer's prefix.</summary>
    private static bool IsKnownBreak(int control) => control is '\t' or 0x03 or 0x04 or 0x0C or 0x0E or 0x10 or 0x12;

    private void TypeCharacter(int codePoint, Screen screen, bool wasAnswered)
    {
        if (!_awaitsBreak && EndsCount(codePoint, screen))
        {
            Break(isEnter: false, mayCarry: true);
            return;
        }

        if (!_awaitsBreak)
        {
            BeginTyping(screen, wasAnswered);
            Put(codePoint, _newestDue, _key, screen);
        }

        _ahead.Add(codePoint, _newestDue, _key);
    }

    /// <summary>A pager shows a count as it is typed ("100g"), and acts on the letter behind it.</summary>
    private bool EndsCount(int codePoint, Screen screen)
    {
        (int y, int x) = TypingPlace(screen);
        if (!IsFullScreen || _isCommandLine || y != _height - 1 || x == 0 || !char.IsAsciiLetter((char)Math.Min(codePoint, char.MaxValue)))
        {
            return false;
        }

        Cell before = TextRun.Expected(_grid.RowFor(y), screen.CellsAt(y), x - 1, out _);
        return before.Content is >= '0' and <= '9';
    }

    /// <summary>The first key after a break that is answered shows where typing goes on, and whether its echo can be trusted without having been seen.</summary>
    private void BeginTyping(Screen screen, bool wasAnswered)
    {
        if (!_fresh)
        {
            return;
        }

        _fresh = false;
        if (_epoch <= _confirmedEpoch)
        {
            return;
        }

        if (!wasAnswered)
        {
            // Behind a motion that is shown, in a mode that has always echoed.
            bool isAtMotion = IsFullScreen && !_trail.IsEmpty && _trail.Newest.Epoch <= _confirmedEpoch;
            if (isAtMotion && !_noCarry && !_hold && IsTrustedMode(screen))
            {
                Carry(screen);
            }
        }
        else
        {
            BeginLine(screen, screen.Cursor.Row, screen.Cursor.Column);
            if (MayCarry(screen))
            {
                Carry(screen);
            }
        }
    }

    /// <summary>Guesses one character at the place where typing goes on, and that what is to its right moves.</summary>
    private void Put(int codePoint, ulong dueFrame, long key, Screen screen)
    {
        int width = CharWidth.Of(codePoint);
        (int y, int x) = TypingPlace(screen);
        int right = PaneEdges.RightOf(screen, y, x);
        if (x + width > right)
        {
            // A wide character in the last column, or a pane's edge: wherever the program puts it.
            Break(isEnter: false, mayCarry: true);
            return;
        }

        if (x + width == right && y == _height - 1)
        {
            // The whole picture scrolls.
            Break(isEnter: false, mayCarry: true);
            return;
        }

        bool isEditor = IsFullScreen && _line.Prompt.IsNone;
        if (isEditor && x >= right - EdgeColumns && _epoch <= _confirmedEpoch)
        {
            _epoch++;
        }

        GuessRow row = _grid.RowFor(y);
        ReadOnlySpan<Cell> real = screen.CellsAt(y);
        int end = RunEnd(screen, row, y, x, right, isEditor);
        if (end > x)
        {
            ShiftRight(row, real, x, end, width, right, dueFrame, key);
        }

        ulong attributes = Cell.Attributes(RenditionFor(row, real, y, x, screen), 0, false);
        Guess(row, real, x, Cell.Of(codePoint, width, attributes), unknown: false, typed: true, dueFrame, key);
        if (width == 2)
        {
            Guess(row, real, x + 1, Cell.Spacer(attributes), unknown: false, typed: false, dueFrame, key);
        }

        if (_line.IsKnown && y == _line.Row)
        {
            _line.End = Math.Max(_line.End, x) + width;
        }

        Advance(y, x + width, right, dueFrame, key, screen);
    }

    /// <summary>The cursor moves on; at the right edge of the main screen into the next row.</summary>
    private void Advance(int y, int x, int right, ulong dueFrame, long key, Screen screen)
    {
        if (x < right)
        {
            _trail.Push(new TrailPoint(y, x, _epoch, dueFrame, key));
            return;
        }

        if (right == _width && y < _height - 1 && !IsFullScreen)
        {
            _trail.Push(new TrailPoint(y + 1, 0, _epoch, dueFrame, key));
            return;
        }

        Break(isEnter: false, mayCarry: true);
    }

    /// <summary>Where the next key acts: the newest guess, or the cursor itself.</summary>
    private (int Row, int Column) TypingPlace(Screen screen)
    {
        if (_trail.IsEmpty)
        {
            return (screen.Cursor.Row, screen.Cursor.Column);
        }

        TrailPoint newest = _trail.Newest;
        return (newest.Row, newest.Column);
    }

    /// <summary>
    /// Where the text ends that an insert moves. At a prompt only the user's own text moves: what stands behind it (a suggestion, a right prompt) is drawn anew by
    /// the shell. In an editor it ends at a pane's edge or at a gap.
    /// </summary>
    private int RunEnd(Screen screen, GuessRow row, int y, int x, int right, bool isEditor)
    {
        if (overwrite || Overwrites(screen) || FormField.BeginsAt(row, screen.CellsAt(y), x))
        {
            return x;
        }

        if (!isEditor)
        {
            return _line.IsKnown && _line.HasMoved && y == _line.Row ? Math.Clamp(_line.End, x, right) : x;
        }

        return TextRun.End(row, screen.CellsAt(y), x, right);
    }

    private void ShiftRight(GuessRow row, ReadOnlySpan<Cell> real, int x, int end, int width, int right, ulong dueFrame, long key)
    {
        int limit = right == _width ? right - 1 : right;
        for (int to = Math.Min(end + width, limit) - 1; to >= x + width; to--)
        {
            Cell moved = TextRun.Expected(row, real, to - width, out bool unknown);
            Guess(row, real, to, moved, unknown, typed: false, dueFrame, key);
        }

        if (end + width > limit && limit < right)
        {
            // What leaves the row wraps or is cut, as the program likes.
            Guess(row, real, limit, real[limit], unknown: true, typed: false, dueFrame, key);
        }
    }

    /// <summary>The rendition of the cell to the left; at the line's start that in which this prompt's echo was seen before.</summary>
    private ushort RenditionFor(GuessRow row, ReadOnlySpan<Cell> real, int y, int x, Screen screen)
    {
        if (_line.IsKnown && y == _line.Row && x == _line.Start && !_line.Prompt.IsNone)
        {
            if (_prompts.Of(_line.Prompt.Hash).EchoStyle is { } seen && screen.Tables.Styles.TryIntern(seen, out ushort echo))
            {
                return echo;
            }
        }

        if (x > 0)
        {
            Cell left = TextRun.Expected(row, real, x - 1, out bool unknown);
            return unknown ? real[x - 1].Style : left.Style;
        }

        return screen.Tables.Styles.TryIntern(screen.Pen, out ushort pen) ? pen : (ushort)0;
    }

    private void Guess(GuessRow row, ReadOnlySpan<Cell> real, int x, Cell replacement, bool unknown, bool typed, ulong dueFrame, long key)
    {
        ref CellGuess guess = ref row.Cells[x];
        guess.Make(real[x], replacement, unknown, _epoch, dueFrame, _keyMicros);
        guess.Key = key;
        guess.IsTyped = typed;
    }
}
