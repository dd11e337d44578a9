namespace Roam.Terminal;

/// <summary>
/// Where a vi shows the keys of a command that is not complete (vim's showcmd): a place on the last row, learnt from where such a key appeared.
/// </summary>
internal struct PendingCommand
{
    /// <summary>Times it was seen there before it is believed.</summary>
    private const int SeenMin = 1;

    private int _column;
    private int _seen;
    private char _awaited;
    private ulong _dueFrame;

    public readonly bool IsKnown => _seen >= SeenMin;

    public readonly int Column => _column;

    /// <summary>A first key was typed and should appear.</summary>
    public void Await(char key, ulong dueFrame) => (_awaited, _dueFrame) = (key, dueFrame);

    public void See(Screen screen, ulong lateAcked)
    {
        if (_awaited == '\0')
        {
            return;
        }

        ReadOnlySpan<Cell> cells = screen.CellsAt(screen.Height - 1);
        int at = -1;
        for (int x = cells.Length / 2; x < cells.Length; x++)
        {
            bool stands = cells[x].Content == _awaited && CellGuess.IsBlank(cells[x - 1]) && (x + 1 == cells.Length || CellGuess.IsBlank(cells[x + 1]));
            at = stands ? x : at;
        }

        if (at >= 0)
        {
            _seen = at == _column ? _seen + 1 : 1;
            _column = at;
            _awaited = '\0';
        }
        else if (lateAcked >= _dueFrame)
        {
            _seen = 0;
            _awaited = '\0';
        }
    }
}
