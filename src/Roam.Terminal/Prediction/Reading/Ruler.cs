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

    /// <summary>A number is believed to follow the cursor after so many changes in a row.</summary>
    private const int SeenMin = 2;

    /// <summary>A longer run of text behind a number is not moved.</summary>
    private const int TailMax = 64;

    private readonly RulerNumber[] _numbers = new RulerNumber[RowsWatched * NumbersMax];
    private readonly RulerNumber[] _found = new RulerNumber[NumbersMax];
    private int _row;
    private int _column;

    public void Reset() => Array.Clear(_numbers);

    public void See(Screen screen)
    {
        int byRow = screen.Cursor.Row - _row;
        int byColumn = screen.Cursor.Column - _column;
        (_row, _column) = (screen.Cursor.Row, screen.Cursor.Column);
        for (int i = 0; i < RowsWatched; i++)
        {
            int found = Find(screen.CellsAt(RowOf(screen, i)));
            Learn(_numbers.AsSpan(i * NumbersMax, NumbersMax), _found.AsSpan(0, found), byRow, byColumn);
        }
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

    /// <summary>A number is known by its place in the order of the row's numbers: it moves as the ones before it grow.</summary>
    private static void Learn(Span<RulerNumber> known, ReadOnlySpan<RulerNumber> found, int byRow, int byColumn)
    {
        for (int i = 0; i < known.Length; i++)
        {
            if (i >= found.Length)
            {
                known[i] = default;
                continue;
            }

            RulerNumber now = found[i];
            int change = now.Value - known[i].Value;
            bool isSame = known[i].Length != 0;
            now.FollowsColumn = isSame ? Follow(known[i].FollowsColumn, change, byColumn) : 0;
            now.FollowsRow = isSame ? Follow(known[i].FollowsRow, change, byRow) : 0;
            known[i] = now;
        }
    }

    /// <summary>A row number changes without the cursor when the text scrolls; but never otherwise than the cursor when that moves.</summary>
    private static int Follow(int seen, int change, int by) => by == 0 ? seen : change == by ? Math.Min(seen + 1, SeenMin) : 0;

    /// <summary>Shows the numbers as they will be when the cursor is where the screen now has it.</summary>
    public void Draw(Screen screen)
    {
        int byRow = screen.Cursor.Row - _row;
        int byColumn = screen.Cursor.Column - _column;
        for (int i = 0; i < RowsWatched && (byRow != 0 || byColumn != 0); i++)
        {
            int y = RowOf(screen, i);
            if (y != screen.Cursor.Row)
            {
                DrawRow(screen, y, _numbers.AsSpan(i * NumbersMax, NumbersMax), byRow, byColumn);
            }
        }
    }

    private static void DrawRow(Screen screen, int y, ReadOnlySpan<RulerNumber> numbers, int byRow, int byColumn)
    {
        // From the right, so that a number that grows does not move those that are still to be drawn.
        for (int i = numbers.Length - 1; i >= 0; i--)
        {
            RulerNumber number = numbers[i];
            bool followsColumn = number.FollowsColumn >= SeenMin;
            bool followsRow = number.FollowsRow >= SeenMin;
            int value = number.Value + (followsColumn ? byColumn : 0) + (followsRow ? byRow : 0);
            if (number.Length == 0 || followsColumn == followsRow || value == number.Value || value < 0)
            {
                continue;
            }

            Put(screen.WritableRow(y).Cells, number, value);
        }
    }

    /// <summary>What stands behind the number moves with its end, up to the next gap, which grows or shrinks.</summary>
    private static void Put(Span<Cell> cells, in RulerNumber number, int value)
    {
        Span<char> digits = stackalloc char[DigitsMax + 2];
        value.TryFormat(digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        int end = number.Start + number.Length;
        int tailEnd = end;
        while (tailEnd < cells.Length && !IsGap(cells, tailEnd))
        {
            tailEnd++;
        }

        int grows = length - number.Length;
        int tail = tailEnd - end;
        if (tail > TailMax || tailEnd + grows > cells.Length)
        {
            return;
        }

        ushort style = cells[number.Start].Style;
        Cell blank = tailEnd < cells.Length ? cells[tailEnd] : Cell.Blank(style);
        cells.Slice(end, tail).CopyTo(cells[(end + grows)..]);
        for (int x = tailEnd + grows; x < tailEnd; x++)
        {
            cells[x] = blank;
        }

        for (int i = 0; i < length; i++)
        {
            cells[number.Start + i] = Cell.Of(digits[i], 1, Cell.Attributes(style, 0, false));
        }
    }

    private static bool IsGap(ReadOnlySpan<Cell> cells, int x) =>
        CellGuess.IsBlank(cells[x]) && (x + 1 >= cells.Length || CellGuess.IsBlank(cells[x + 1]));
}
