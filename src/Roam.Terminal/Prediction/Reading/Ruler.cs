namespace Roam.Terminal;

/// <summary>
/// The line and column numbers that editors show (vim's ruler, joe, micro, emacs): numbers on the first row or one of the two last that change as the cursor moves. Found by what
/// they do, not by any program's form. While the cursor is shown where a guess has it, so are they.
/// </summary>
internal sealed class Ruler
{
    /// <summary>Numbers on a row beyond so many are not looked at.</summary>
    private const int NumbersMax = 12;

    private const int RowsWatched = 3;
    private const int DigitsMax = 7;

    /// <summary>Columns by which a number may move from one frame to the next.</summary>
    private const int ShiftMax = 2;

    /// <summary>A longer run of text behind a number is not moved.</summary>
    private const int TailMax = 64;

    private readonly RulerNumber[] _numbers = new RulerNumber[RowsWatched * NumbersMax];
    private readonly RulerNumber[] _found = new RulerNumber[NumbersMax];
    private readonly int[] _pairs = [-1, -1, -1];
    private int _row;
    private int _column;

    public void Reset()
    {
        Array.Clear(_numbers);
        Array.Fill(_pairs, -1);
    }

    public void See(Screen screen)
    {
        if (screen.Cursor.Row >= screen.Height - 1)
        {
            return;
        }

        bool movedRow = screen.Cursor.Row != _row;
        bool movedColumn = screen.Cursor.Column != _column;
        (_row, _column) = (screen.Cursor.Row, screen.Cursor.Column);
        for (int i = 0; i < RowsWatched; i++)
        {
            int y = RowOf(screen, i);
            int found = Find(screen.CellsAt(y));
            _pairs[i] = y == _row ? -1 : FindPair(screen, y, _found.AsSpan(0, found));
            Learn(_numbers.AsSpan(i * NumbersMax, NumbersMax), _found.AsSpan(0, found), movedRow, movedColumn);
        }
    }

    /// <summary>Which number is the line of a "line,column" that says where the cursor is now; -1: none.</summary>
    private int FindPair(Screen screen, int y, ReadOnlySpan<RulerNumber> numbers)
    {
        ReadOnlySpan<Cell> cells = screen.CellsAt(y);
        Span<char> text = stackalloc char[CursorPair.LengthMax];
        for (int i = 0; i < numbers.Length; i++)
        {
            int comma = numbers[i].Start + numbers[i].Length;
            if (comma < cells.Length && cells[comma].Content == ',')
            {
                int length = CursorPair.FormatColumn(screen, _row, _column, CursorPair.IsBare(cells, numbers[i].Start), text);
                if (CursorPair.Stands(cells, comma + 1, text[..length]))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static int RowOf(Screen screen, int watched) => watched == 0 ? 0 : Math.Max(0, screen.Height - RowsWatched + watched);

    private int Find(ReadOnlySpan<Cell> cells)
    {
        int count = 0;
        for (int x = 0; x < cells.Length && count < NumbersMax; x++)
        {
            int start = x;
            int value = 0;
            while (x < cells.Length && IsDigit(cells[x]) && x - start < DigitsMax)
            {
                value = (value * 10) + cells[x].Content - '0';
                x++;
            }

            if (x > start)
            {
                _found[count++] = new RulerNumber { Start = start, Length = x - start, Value = value };
            }
        }

        return count;
    }

    private static bool IsDigit(Cell cell) => !cell.IsGrapheme && cell.Content is >= '0' and <= '9' && cell.Width == 1;

    /// <summary>A number is the same one when it stands about where it stood: it moves as the one before it grows.</summary>
    private void Learn(Span<RulerNumber> known, Span<RulerNumber> found, bool movedRow, bool movedColumn)
    {
        foreach (ref RulerNumber number in found)
        {
            int same = IndexNear(known, number.Start);
            if (same >= 0)
            {
                number.Column = known[same].Column;
                number.Row = known[same].Row;
            }

            number.Column.See(number.Value, _column, movedColumn);
            number.Row.See(number.Value, _row, movedRow);
        }

        known.Clear();
        found.CopyTo(known);
    }

    private static int IndexNear(ReadOnlySpan<RulerNumber> known, int start)
    {
        int nearest = -1;
        for (int i = 0; i < known.Length && known[i].Length != 0; i++)
        {
            int distance = Math.Abs(known[i].Start - start);
            if (distance <= ShiftMax && (nearest < 0 || distance < Math.Abs(known[nearest].Start - start)))
            {
                nearest = i;
            }
        }

        return nearest;
    }

    /// <summary>Shows the numbers as they will be when the cursor is where the screen now has it.</summary>
    public void Draw(Screen screen)
    {
        (int row, int column) = (screen.Cursor.Row, screen.Cursor.Column);
        if (row >= screen.Height - 1 || _row >= screen.Height - 1)
        {
            // On a command line the ruler stays as it was.
            return;
        }

        bool countsBytes = !IsAscii(screen.CellsAt(row)[..column]);
        for (int i = 0; i < RowsWatched && (row, column) != (_row, _column); i++)
        {
            int y = RowOf(screen, i);
            if (y == row)
            {
                continue;
            }

            if (_pairs[i] >= 0)
            {
                DrawPair(screen, y, _numbers[(i * NumbersMax) + _pairs[i]], row, column);
            }
            else
            {
                DrawRow(screen, y, _numbers.AsSpan(i * NumbersMax, NumbersMax), row, column, countsBytes);
            }
        }
    }

    private void DrawPair(Screen screen, int y, in RulerNumber line, int row, int column)
    {
        Span<char> text = stackalloc char[DigitsMax + 2 + CursorPair.LengthMax];
        int number = line.Value + row - _row;
        if (number <= 0)
        {
            return;
        }

        number.TryFormat(text, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        text[length++] = ',';
        length += CursorPair.FormatColumn(screen, row, column, CursorPair.IsBare(screen.CellsAt(y), line.Start), text[length..]);
        Span<Cell> cells = screen.WritableRow(y).Cells;
        int end = line.Start + line.Length + 1;
        end += CursorPair.LengthAt(cells, end);
        int grows = length - (end - line.Start);
        ushort style = cells[line.Start].Style;
        if (grows != 0 && !MoveTail(cells, end, grows))
        {
            return;
        }

        for (int i = 0; i < length; i++)
        {
            cells[line.Start + i] = Cell.Of(text[i], 1, Cell.Attributes(style, 0, false));
        }
    }

    /// <summary>Beyond ASCII, editors count columns in bytes, in characters or in cells.</summary>
    private static bool IsAscii(ReadOnlySpan<Cell> cells)
    {
        foreach (Cell cell in cells)
        {
            if (cell.IsGrapheme || cell.Content > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static void DrawRow(Screen screen, int y, ReadOnlySpan<RulerNumber> numbers, int row, int column, bool countsBytes)
    {
        // From the right, so that a number that grows does not move those that are still to be drawn.
        for (int i = numbers.Length - 1; i >= 0; i--)
        {
            RulerNumber number = numbers[i];
            if (number.Length == 0 || number.Column.IsBelieved == number.Row.IsBelieved || (number.Column.IsBelieved && countsBytes))
            {
                continue;
            }

            int value = number.Column.IsBelieved ? column + number.Column.Offset : row + number.Row.Offset;
            if (value != number.Value && value >= 0)
            {
                Put(screen.WritableRow(y).Cells, number, value);
            }
        }
    }

    /// <summary>A number that grows takes its room from the gap behind it, else from the one before it; else what follows moves.</summary>
    private static void Put(Span<Cell> cells, in RulerNumber number, int value)
    {
        Span<char> digits = stackalloc char[DigitsMax + 2];
        value.TryFormat(digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        int end = number.Start + number.Length;
        int grows = length - number.Length;
        int start = number.Start;
        if (grows != 0)
        {
            if (IsRightAligned(cells, start, end, grows))
            {
                start -= grows;
                cells[Math.Min(start, number.Start)..end].Fill(cells[number.Start - 1]);
            }
            else if (!MoveTail(cells, end, grows))
            {
                return;
            }
        }

        ushort style = cells[Math.Min(number.Start, start + length - 1)].Style;
        for (int i = 0; i < length; i++)
        {
            cells[start + i] = Cell.Of(digits[i], 1, Cell.Attributes(style, 0, false));
        }
    }

    /// <summary>By the look: a word behind one blank stays where it is, and so does what follows a number that has much room before it.</summary>
    private static bool IsRightAligned(ReadOnlySpan<Cell> cells, int start, int end, int grows)
    {
        bool hasBlankBehind = end < cells.Length && CellGuess.IsBlank(cells[end]);
        bool hasRoom = grows < 0 || (start >= 2 && IsGap(cells, start - 2));
        bool hasMuchRoom = start >= 3 && IsGap(cells, start - 2) && CellGuess.IsBlank(cells[start - 3]);
        return hasBlankBehind && hasRoom && (IsGap(cells, end) ? hasMuchRoom : true);
    }

    /// <summary>What stands behind the number moves with its end, up to the next gap, which shrinks or grows.</summary>
    private static bool MoveTail(Span<Cell> cells, int end, int grows)
    {
        int tailEnd = end;
        while (tailEnd < cells.Length && !IsGap(cells, tailEnd))
        {
            tailEnd++;
        }

        int tail = tailEnd - end;
        if (tail > TailMax || tailEnd + grows > cells.Length)
        {
            return false;
        }

        Cell blank = tailEnd < cells.Length ? cells[tailEnd] : Cell.Blank(cells[end - 1].Style);
        cells.Slice(end, tail).CopyTo(cells[(end + grows)..]);
        for (int x = tailEnd + grows; x < tailEnd; x++)
        {
            cells[x] = blank;
        }

        return true;
    }

    private static bool IsGap(ReadOnlySpan<Cell> cells, int x) =>
        CellGuess.IsBlank(cells[x]) && (x + 1 >= cells.Length || CellGuess.IsBlank(cells[x + 1]));
}
