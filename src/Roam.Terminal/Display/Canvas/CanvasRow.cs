namespace Roam.Terminal;

/// <summary>What the terminal shows in one row of its main screen.</summary>
internal sealed class CanvasRow(int width)
{
    public readonly Cell[] Cells = new Cell[width];

    /// <summary>The terminal takes the next row for the continuation of this one.</summary>
    public bool Wrapped;

    /// <summary>False: anything may stand there (at the start, after a resize, when somebody else wrote).</summary>
    public bool IsKnown;

    /// <summary>The row as erasing leaves it.</summary>
    public void Clear()
    {
        Cells.AsSpan().Fill(Cell.Blank(0));
        Wrapped = false;
        IsKnown = true;
    }
}
