namespace Roam.Terminal;

/// <summary>Renumbers the ids of rows from old tables to fresh ones that hold only what is met. Needs no room beyond that: a subset always fits.</summary>
internal sealed class TableCompactor(ScreenTables old)
{
    private readonly ScreenTables _fresh = new();
    private readonly int[] _styles = Unknown(old.Styles.Count);
    private readonly int[] _graphemes = Unknown(old.Graphemes.Count);
    private readonly int[] _links = Unknown(old.Links.Count);

    /// <summary>Ids left in the fullest of the fresh tables.</summary>
    public int FreeIds => Math.Min(
        StyleTable.Capacity - _fresh.Styles.Count,
        Math.Min(GraphemeTable.Capacity - _fresh.Graphemes.Count, _fresh.Links.FreeIds));

    private static int[] Unknown(int count)
    {
        int[] map = new int[count];
        map.AsSpan().Fill(-1);
        return map;
    }

    /// <summary>Moves a whole screen; rows that others share are copied first.</summary>
    public void Move(Screen screen)
    {
        for (int y = 0; y < screen.Height; y++)
        {
            Renumber(screen.WritableRow(y).Cells);
        }

        screen.Tables = _fresh;
    }

    private void Renumber(Span<Cell> cells)
    {
        foreach (ref Cell cell in cells)
        {
            ulong attributes = Cell.Attributes(Style(cell.Style), Link(cell.Link), cell.IsProtected);
            cell = cell.IsGrapheme
                ? Cell.OfGrapheme(Grapheme(cell.Content), cell.Width, attributes)
                : Cell.Of(cell.Content, cell.Width, attributes);
        }
    }

    private ushort Style(ushort id)
    {
        if (_styles[id] < 0)
        {
            _fresh.Styles.TryIntern(old.Styles[id], out ushort fresh);
            _styles[id] = fresh;
        }

        return (ushort)_styles[id];
    }

    private int Grapheme(int index)
    {
        if (_graphemes[index] < 0)
        {
            _fresh.Graphemes.TryIntern(old.Graphemes[index], out _graphemes[index]);
        }

        return _graphemes[index];
    }

    public ushort Link(ushort id)
    {
        if (_links[id] < 0)
        {
            _fresh.Links.TryIntern(old.Links[id], out ushort fresh);
            _links[id] = fresh;
        }

        return (ushort)_links[id];
    }
}
