namespace Roam.Terminal;

/// <summary>Enter: a new line of an editor, or the end of a command line, whose first effect (the cursor goes to the next row) can be shown at once.</summary>
public sealed partial class PredictionEngine
{
    /// <summary>Rows at the bottom of an editor that are not text.</summary>
    private const int StatusRows = 3;

    /// <summary>Of a command over more rows the last ones are looked at.</summary>
    private const int RiskRowsMax = 4;

    private readonly EnterPicture _enter = new();

    // Where the last Enter was typed, to learn what it did.
    private int _enterRow = -1;
    private ulong _enterStatus;

    private void TypeEnter(Screen screen, bool wasAnswered)
    {
        if (_awaitsBreak)
        {
            // Typed ahead: a whole line that is not seen yet.
            NoteRisk(AheadIsRisky());
            Break(isEnter: true, mayCarry: true);
            _enterRow = -1;
            return;
        }

        BeginTyping(screen, wasAnswered);
        (int y, int x) = TypingPlace(screen);
        bool isShown = _epoch <= _confirmedEpoch;
        ulong status = StatusReader.Read(screen);
        if (IsEditorLine(screen, status, y, x) && isShown)
        {
            OpenLine(screen, y);
            return;
        }

        if (_line is { IsKnown: true, HasRefused: true, HasEchoed: false } && !_line.Prompt.IsNone)
        {
            _prompts.Of(_line.Prompt.Hash).Right = 0;
        }

        NoteRisk(LineIsRisky(screen, y));
        if (_far.ReadsSecret ? !IsFullScreen : isShown && (!_line.Prompt.IsNone || !IsFullScreen))
        {
            ShowEnter(screen, y);
        }

        Break(isEnter: true, mayCarry: true);
        bool isPlain = IsFullScreen && _line.Prompt.IsNone;
        _enterRow = isPlain ? y : -1;
        _enterStatus = status;
    }

    private void ShowEnter(Screen screen, int y)
    {
        int left = _line.IsKnown ? _line.LeftEdge : 0;
        if (IsFullScreen && _line.Prompt.Kind != PromptKind.Terminator)
        {
            // A form's field with a question before it.
            return;
        }

        if (y < _height - 1 && IsEmptyRow(screen, y + 1, left))
        {
            _enter.Show(y, y + 1, left, _newestDue);
        }
        else if (IsFullScreen ? IsPaneBottom(screen, y, left) : y == _height - 1)
        {
            _enter.ShowScrolled(screen, y, IsFullScreen ? PaneEdges.TopOf(screen, y) : 0, left, _newestDue);
        }

        // Else a form, another pane beside, or the rest of a long line: the cursor goes elsewhere.
    }

    /// <summary>A shell's line at the bottom of a pane as wide as the screen.</summary>
    private bool IsPaneBottom(Screen screen, int y, int left) =>
        left == 0 && PaneEdges.IsBottom(screen, y) && PaneEdges.RightOf(screen, y, 0) == _width
        && _line.Prompt.Kind == PromptKind.Terminator && _prompts.Of(_line.Prompt.Hash).Right >= PromptLinesMin;

    private static bool IsEmptyRow(Screen screen, int y, int left)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(y)[left..PaneEdges.RightOf(screen, y, left)];
        foreach (Cell cell in cells)
        {
            if (!CellGuess.IsBlank(cell) || (cell.Style != cells[0].Style))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An editor's Enter that is sure to open an empty line below: nothing to the right of the cursor, and no Enter in this mode has ever done anything else.</summary>
    private bool IsEditorLine(Screen screen, ulong status, int y, int x)
    {
        if (!IsFullScreen || !_line.Prompt.IsNone || status == 0 || y >= _height - 1 - StatusRows)
        {
            return false;
        }

        ref readonly StatusRecord record = ref _statuses.Of(status);
        if (record.PureEnters == 0 || record.OtherEnters != 0)
        {
            return false;
        }

        int left = PaneEdges.LeftOf(screen, y, x);
        return left == 0 && IsBlankFrom(screen, y, x) && IsBlankFrom(screen, y + 1, 0) && FirstGlyph(screen, y) == 0;
    }

    /// <summary>Indented lines are continued as the editor likes.</summary>
    private int FirstGlyph(Screen screen, int y)
    {
        GuessRow row = _grid.RowFor(y);
        ReadOnlySpan<Cell> real = screen.CellsAt(y);
        int x = 0;
        while (x < _width && CellGuess.IsBlank(TextRun.Expected(row, real, x, out _)))
        {
            x++;
        }

        return x == _width ? 0 : x;
    }

    private bool IsBlankFrom(Screen screen, int y, int x)
    {
        GuessRow row = _grid.RowFor(y);
        ReadOnlySpan<Cell> real = screen.CellsAt(y);
        for (; x < _width; x++)
        {
            if (!CellGuess.IsBlank(TextRun.Expected(row, real, x, out bool unknown)) || unknown)
            {
                return false;
            }
        }

        return true;
    }

    private void OpenLine(Screen screen, int y)
    {
        _trail.Push(new TrailPoint(y + 1, 0, _epoch, _newestDue, _key));
        _ahead.Spoil();
        BeginLineUnseen(y + 1);
    }

    private void BeginLineUnseen(int row) => _line = new TextLine { IsKnown = true, Row = row, HasEchoed = _line.HasEchoed };

    /// <summary>Whether an Enter under this status line opened a line below, as an editor does.</summary>
    private void LearnEnter(Screen screen)
    {
        if (_enterRow < 0 || !IsFullScreen || _enterStatus == 0)
        {
            return;
        }

        ref StatusRecord record = ref _statuses.Of(_enterStatus);
        bool isSameMode = StatusReader.Read(screen) == _enterStatus;
        bool wentDown = screen.Cursor.Row == _enterRow + 1 || (screen.Cursor.Row == _enterRow && _enterRow >= _height - 1 - StatusRows);
        if (isSameMode && wentDown)
        {
            record.PureEnters++;
        }
        else
        {
            record.OtherEnters++;
        }

        _enterRow = -1;
    }

    private void NoteRisk(bool isRisky)
    {
        _hold = isRisky;
        _risk |= isRisky;
        _riskKey = isRisky ? _key : _riskKey;
    }

    private bool AheadIsRisky()
    {
        Span<char> text = stackalloc char[TypedAhead.Capacity];
        int count = Math.Min(_ahead.Count, text.Length);
        for (int i = 0; i < count; i++)
        {
            text[i] = _ahead[i].CodePoint > char.MaxValue ? '?' : (char)_ahead[i].CodePoint;
        }

        return _ahead.IsSpoilt || RiskyCommands.AreIn(text[..count]);
    }

    /// <summary>What stands on the line by now, from the pane's edge on; of a line over several rows its first rows count, too.</summary>
    private bool LineIsRisky(Screen screen, int y)
    {
        int first = _line.IsKnown && _line.Row <= y && !_line.Prompt.IsNone ? Math.Max(_line.Row, y - RiskRowsMax) : y;
        for (int at = first; at <= y; at++)
        {
            if (RowIsRisky(screen, at))
            {
                return true;
            }
        }

        return false;
    }

    private bool RowIsRisky(Screen screen, int y)
    {
        Span<Cell> cells = stackalloc Cell[Math.Min(_width, RowText.ColumnsMax)];
        Span<char> text = stackalloc char[RowText.ColumnsMax];
        TextRun.CopyExpected(_grid.RowFor(y), screen.CellsAt(y), cells);
        int from = _line.IsKnown && y == _line.Row ? Math.Min(_line.Start, cells.Length) : 0;
        return RiskyCommands.AreIn(text[..RowText.Read(cells[from..], text)]);
    }
}
