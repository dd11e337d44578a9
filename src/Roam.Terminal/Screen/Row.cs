namespace Roam.Terminal;

/// <summary>
/// One line of cells. Rows are shared between screens and counted: <see cref="References"/> says how many screens hold it,
/// a row held once may be written in place, a shared one is copied first. Only <see cref="Screen"/> and the pool touch the count.
/// </summary>
public sealed class Row(int width)
{
    public readonly Cell[] Cells = new Cell[width];

    /// <summary>Hash of the cells, 0 = not computed. Cleared on every write.</summary>
    public ulong Hash;

    /// <summary>How many columns from the left were ever printed to since the row was last erased to its end (for reflow, copying, history).</summary>
    public ushort Occupied;

    /// <summary>The cells from this column on are blanks of the default style, for certain. A new row's cells are not yet.</summary>
    internal ushort Extent = (ushort)width;

    /// <summary>The text wraps into the next row (autowrap happened at the end of this one).</summary>
    public bool Wrapped;

    /// <summary>The shell's marks (OSC 133). Not part of the picture: neither hashed nor compared.</summary>
    public PromptMark Mark;

    internal int References = 1;
}
