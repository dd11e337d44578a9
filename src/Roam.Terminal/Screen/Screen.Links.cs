namespace Roam.Terminal;

/// <summary>Hyperlinks of a whole picture.</summary>
public sealed partial class Screen
{
    /// <summary>Takes all hyperlinks away, as somebody knows the picture who was never told of them.</summary>
    public void DropLinks()
    {
        for (int y = 0; y < Height; y++)
        {
            if (HasLink(CellsAt(y)))
            {
                foreach (ref Cell cell in WritableRow(y).Cells.AsSpan())
                {
                    cell = cell.WithLink(0);
                }
            }
        }
    }

    private static bool HasLink(ReadOnlySpan<Cell> cells)
    {
        foreach (Cell cell in cells)
        {
            if (cell.Link != 0)
            {
                return true;
            }
        }

        return false;
    }
}
