namespace Roam.Terminal;

/// <summary>
/// Whether a full-screen program runs, when the server does not say so: the picture was replaced at once by one that no shell leaves behind, until the
/// earlier picture is back or a shell's prompt ends the text. A guess; wrong, it costs a little of what is shown.
/// </summary>
internal sealed class FullScreenSense
{
    /// <summary>Rows of the earlier picture that must be gone, or be back, of ten.</summary>
    private const int TenthsMin = 7;

    /// <summary>A picture of fewer written rows says nothing.</summary>
    private const int WrittenRowsMin = 2;

    private ulong[] _earlier = [];
    private ulong[] _saved = [];
    private ulong[] _now = [];

    public bool IsFullScreen { get; private set; }

    public void Reset()
    {
        IsFullScreen = false;
        _earlier = [];
        _saved = [];
    }

    public void See(Screen screen)
    {
        Prepare(screen);
        bool wasFullScreen = IsFullScreen;
        if (!wasFullScreen && IsReplaced() && LooksFullScreen(screen))
        {
            IsFullScreen = true;
            _earlier.CopyTo(_saved, 0);
        }
        else if (wasFullScreen && (IsBack(screen) || EndsInPrompt(screen)))
        {
            IsFullScreen = false;
        }

        (_earlier, _now) = (_now, _earlier);
    }

    private void Prepare(Screen screen)
    {
        if (_now.Length != screen.Height || _earlier.Length != screen.Height)
        {
            (_earlier, _saved, _now) = (new ulong[screen.Height], new ulong[screen.Height], new ulong[screen.Height]);
        }

        for (int y = 0; y < screen.Height; y++)
        {
            _now[y] = IsBlank(screen.CellsAt(y)) ? 0 : screen.RowHash(y);
        }
    }

    private static bool IsBlank(ReadOnlySpan<Cell> cells)
    {
        foreach (Cell cell in cells)
        {
            if (!cell.IsBlank || cell.Style != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Most rows of the earlier picture are nowhere any more, and the new one fills the screen.</summary>
    private bool IsReplaced()
    {
        int written = 0;
        int gone = 0;
        foreach (ulong row in _earlier)
        {
            if (row != 0)
            {
                written++;
                gone += _now.AsSpan().Contains(row) ? 0 : 1;
            }
        }

        return gone * 10 >= written * TenthsMin && (written >= WrittenRowsMin || _now[^1] != 0);
    }

    /// <summary>Something stands on the last rows although the cursor is not behind it, or the cursor waits behind a colon or a reversed text on the last row.</summary>
    private bool LooksFullScreen(Screen screen)
    {
        int last = screen.Height - 1;
        bool hasBottom = _now[last] != 0 || (last > 0 && _now[last - 1] != 0);
        if (screen.Cursor.Row < last - 1)
        {
            return hasBottom;
        }

        Cell first = screen.CellsAt(last)[0];
        return screen.Cursor.Column > 0 && (first.Content == ':' || first.Style != 0) && !EndsInPrompt(screen);
    }

    private bool IsBack(Screen screen)
    {
        int written = 0;
        int back = 0;
        for (int y = 0; y < screen.Height; y++)
        {
            if (_saved[y] != 0)
            {
                written++;
                back += _now.AsSpan().Contains(_saved[y]) ? 1 : 0;
            }
        }

        return written >= WrittenRowsMin && back * 10 >= written * TenthsMin;
    }

    /// <summary>A shell's prompt at the bottom of the text, nothing below it.</summary>
    private bool EndsInPrompt(Screen screen)
    {
        (int row, int column) = (screen.Cursor.Row, screen.Cursor.Column);
        for (int y = row + 1; y < screen.Height; y++)
        {
            if (_now[y] != 0)
            {
                return false;
            }
        }

        return PromptReader.Read(screen, row, 0, column).Kind == PromptKind.Terminator;
    }
}
