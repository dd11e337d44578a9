namespace Roam.Terminal;

/// <summary>
/// Append-only intern table of styles, id 0 = default. When it is full the emulator moves its screen onto fresh tables
/// (<see cref="ScreenTables"/>); snapshots keep the old ones, so an id never changes its meaning under a reader.
/// </summary>
public sealed class StyleTable
{
    /// <summary>Ids are 16 bits in a cell. At the limit <see cref="TryIntern"/> refuses and the caller compacts.</summary>
    public const int Capacity = 1 << 16;

    private Style[] _styles = new Style[64];
    private int[] _slots = new int[256];
    private int _count = 1;

    public int Count => _count;

    public ref readonly Style this[ushort id] => ref _styles[id];

    public bool TryIntern(in Style style, out ushort id)
    {
        if (style == Style.Default)
        {
            id = 0;
            return true;
        }

        int mask = _slots.Length - 1;
        int slot = style.GetHashCode() & mask;
        while (_slots[slot] != 0)
        {
            if (_styles[_slots[slot]] == style)
            {
                id = (ushort)_slots[slot];
                return true;
            }

            slot = (slot + 1) & mask;
        }

        if (_count == Capacity)
        {
            id = 0;
            return false;
        }

        if (_count == _styles.Length)
        {
            Array.Resize(ref _styles, _styles.Length * 2);
        }

        _styles[_count] = style;
        _slots[slot] = _count;
        id = (ushort)_count++;
        if (_count * 2 > _slots.Length)
        {
            Rehash();
        }

        return true;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int i = 1; i < _count; i++)
        {
            int slot = _styles[i].GetHashCode() & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = i;
        }
    }
}
