namespace Roam.Terminal;

/// <summary>What was last searched for in a vi, when it is plain text, and where it stands on the screen.</summary>
internal sealed class SearchPattern
{
    /// <summary>A longer one is not followed.</summary>
    public const int LengthMax = 64;

    private readonly Cell[] _cells = new Cell[LengthMax];
    private int _length;

    public bool IsBackward { get; private set; }

    public void Clear() => _length = 0;

    /// <summary>The command line as it stands when Enter is typed, with its first sign.</summary>
    public void Set(ReadOnlySpan<Cell> line)
    {
        _length = 0;
        IsBackward = line[0].Content == '?';
        if (line.Length - 1 > LengthMax || line[0].Content is not ('/' or '?'))
        {
            return;
        }

        foreach (Cell cell in line[1..])
        {
            bool isPlain = !cell.IsGrapheme && cell.Width == 1 && (cell.Content is ' ' or '_' || char.IsAsciiLetterOrDigit((char)Math.Min(cell.Content, char.MaxValue)));
            if (!isPlain)
            {
                _length = 0;
                return;
            }

            _cells[_length++] = cell;
        }
    }

    /// <summary>The next place on the screen's text; null: not on it, or nothing is searched for.</summary>
    public (int Row, int Column)? Next(Screen screen, int row, int column, bool backward)
    {
        int step = backward ? -1 : 1;
        for (int y = row; _length != 0 && y >= 0 && y < screen.Height - 1; y += step)
        {
            ReadOnlySpan<Cell> cells = screen.CellsAt(y);
            int from = y == row ? column + step : backward ? screen.Width - 1 : 0;
            for (int x = from; x >= 0 && x < screen.Width; x += step)
            {
                if (Stands(cells, x))
                {
                    return (y, x);
                }
            }
        }

        return null;
    }

    private bool Stands(ReadOnlySpan<Cell> cells, int x)
    {
        if (x + _length > cells.Length)
        {
            return false;
        }

        for (int i = 0; i < _length; i++)
        {
            if (!CellGuess.SameContents(cells[x + i], _cells[i]))
            {
                return false;
            }
        }

        return true;
    }
}
